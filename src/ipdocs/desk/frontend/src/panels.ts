// What stands beside the words: panels that can be closed and enlarged. Where there is no room they are drawn in over the words.
import { el, icon } from "./dom";
import { t } from "./words";

type Panel = { section: HTMLElement; head: HTMLElement };
const NARROW = "(max-width: 1180px)";

/** Add a panel with a heading; what is put into its head stands between the heading and the buttons. The page is the first. */
export function addPanel(aside: HTMLElement, id: "page" | "facts", heading: string): Panel {
  const head = el("div", { class: "panel-controls" });
  const section = el("section", { class: "panel", id: `panel-${id}`, "aria-labelledby": `h-${id}` },
    el("div", { class: "panel-head" }, el("h2", { id: `h-${id}` }, heading), head,
      el("button", { type: "button", class: "button small square plain only-wide", "aria-label": t("{panel}: the whole height", { panel: heading }), title: t("The whole height"), "aria-pressed": "false", onclick: () => enlarge(aside, id) }, icon("tall")),
      el("button", { type: "button", class: "button small square plain", "aria-label": t("{panel}: close", { panel: heading }), title: t("Close"), onclick: () => close(aside, id) }, icon("close"))));
  if (id === "page") aside.prepend(section);
  else aside.append(section);
  aside.hidden = false;
  document.querySelector(".tabs")?.append(document.querySelector(".tabs .rest") ?? el("div", { class: "rest" }));
  document.querySelector(".tabs .rest")?.prepend(el("button", { type: "button", class: "button small plain panel-button", "data-panel": id, "aria-controls": `panel-${id}`, "aria-expanded": "false", onclick: () => toggle(aside, id) }, heading));
  section.classList.toggle("closed", localStorage.getItem(`ipdocs-panel-${id}`) === "closed");
  arrange(aside);
  startDrawer(aside);
  return { section, head };
}

/** Show a panel, and draw it in where there is no room for it; focus goes to its first control. */
export function openPanel(id: "page" | "facts"): void {
  const aside = document.getElementById("aside");
  const section = document.getElementById(`panel-${id}`);
  if (!aside || !section) return;
  remember(section, id, true);
  const narrow = matchMedia(NARROW).matches;
  if (narrow) aside.dataset["drawn"] = id;
  arrange(aside);
  if (narrow) section.querySelector<HTMLElement>("select, input, button")?.focus();
}

function toggle(aside: HTMLElement, id: "page" | "facts"): void {
  if (aside.dataset["drawn"] === id) close(aside, id);
  else openPanel(id);
}

function close(aside: HTMLElement, id: string): void {
  const section = document.getElementById(`panel-${id}`);
  if (aside.dataset["drawn"] === id) delete aside.dataset["drawn"];
  else if (section) remember(section, id, false);
  arrange(aside);
  document.querySelector<HTMLElement>(`.panel-button[data-panel="${id}"]`)?.focus();
}

function enlarge(aside: HTMLElement, id: string): void {
  aside.dataset["tall"] = aside.dataset["tall"] === id ? "" : id;
  arrange(aside);
}

function remember(section: HTMLElement, id: string, open: boolean): void {
  section.classList.toggle("closed", !open);
  localStorage.setItem(`ipdocs-panel-${id}`, open ? "open" : "closed");
}

/** Show each panel or not, and say on the buttons which are shown. */
function arrange(aside: HTMLElement): void {
  const drawn = aside.dataset["drawn"];
  const narrow = matchMedia(NARROW).matches;
  const panels = [...aside.querySelectorAll<HTMLElement>(":scope > .panel")];
  const open = panels.filter((panel) => !panel.classList.contains("closed"));
  const tall = open.find((panel) => panel.id === `panel-${aside.dataset["tall"]}`);
  let shown = 0;
  for (const panel of panels) {
    const id = panel.id.replace("panel-", "");
    const isShown = narrow ? drawn === id : open.includes(panel) && (!tall || tall === panel);
    panel.hidden = !isShown;
    shown += isShown ? 1 : 0;
    panel.querySelector(".panel-head > [aria-pressed]")?.setAttribute("aria-pressed", String(tall === panel));
    const button = document.querySelector<HTMLElement>(`.panel-button[data-panel="${id}"]`);
    button?.setAttribute("aria-expanded", String(isShown));
    if (button) button.hidden = !narrow && isShown;
  }
  aside.classList.toggle("one", shown === 1);
  aside.hidden = !shown;
  aside.parentElement?.classList.toggle("alone", !shown);
  document.dispatchEvent(new CustomEvent("panels"));
}

let isStarted = false;
function startDrawer(aside: HTMLElement): void {
  aside.addEventListener("keydown", (event) => {
    const drawn = aside.dataset["drawn"];
    if (event.key !== "Escape" || !drawn || event.defaultPrevented) return;
    close(aside, drawn);
    event.preventDefault();
  });
  if (isStarted) return;
  isStarted = true;
  matchMedia(NARROW).addEventListener("change", () => {
    const current = document.getElementById("aside");
    if (current) {
      delete current.dataset["drawn"];
      arrange(current);
    }
  });
}
