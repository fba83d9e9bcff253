// A place where files are dropped, or chosen with a button.
import { el } from "./dom";
import { t } from "./words";

/** A drop area with a button; calls a function with the files. */
export function dropArea(take: (files: File[]) => void): HTMLElement {
  const input = el("input", { type: "file", multiple: true, hidden: true, accept: ".docx,.doc,.docm,.html,.htm,.txt", "aria-label": t("Files to import"), onchange: () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length) take(files);
  } });
  const area = el("div", { class: "drop" },
    el("p", {}, t("Drop a Word file, a web page or a text here to make a document of it, English and Chinese together or one file each.")),
    el("button", { type: "button", class: "button", onclick: () => input.click() }, t("Choose files…")), input);
  let depth = 0;
  const over = (by: number) => {
    depth = Math.max(0, depth + by);
    area.classList.toggle("over", depth > 0);
  };
  area.addEventListener("dragenter", (event) => (event.preventDefault(), over(1)));
  area.addEventListener("dragover", (event) => event.preventDefault());
  area.addEventListener("dragleave", () => over(-1));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    over(-depth);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) take(files);
  });
  return area;
}
