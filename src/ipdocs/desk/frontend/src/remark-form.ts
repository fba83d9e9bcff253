// The form in which a reader makes a remark on a block: in the block, not in a dialog.
import { Refused } from "./api";
import { theName } from "./confirm";
import { note } from "./dialog";
import { el, freshId } from "./dom";
import { say } from "./say";
import { step } from "./store";
import type { DocumentView } from "./types";
import { t } from "./words";

/** Open the form below a block; one that is open already gets the focus. `known` is told the name of the reader. */
export function remarkForm(block: HTMLElement, row: string, view: DocumentView, known: (by: string) => void): void {
  const notes = block.querySelector(":scope > .notes");
  const there = notes?.querySelector<HTMLElement>(".remark-form textarea");
  if (!notes || there) return there?.focus();
  const [words, about] = [freshId("remark"), freshId("about")];
  const text = el("textarea", { id: words, rows: 2, maxlength: 2000, "aria-required": "true" });
  const written = view.languages.filter(({ derived_from }) => !derived_from);
  const language = el("select", { id: about }, el("option", { value: "" }, t("All languages")), ...written.map(({ code, tag, name }) => el("option", { value: code, lang: tag }, name)));
  const close = () => {
    form.remove();
    (block.querySelector<HTMLElement>('[data-act="remark"]') ?? block).focus();
  };
  const send = async () => {
    if (!text.value.trim()) {
      text.setAttribute("aria-invalid", "true");
      return text.focus();
    }
    const by = await theName(t("Who makes the remark?"), t("Make the remark"), t("It stands beside what you settle, read and approve. This computer keeps it."));
    if (!by) return;
    known(by);
    try {
      await step([{ type: "remark", row, lang: language.value || null, text: text.value.trim(), by }]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return note(t("The remark was not made: {reason}", { reason: error.message }));
    }
    say(t("The remark is made"));
    close();
  };
  const form = el("form", { class: "remark-form", onsubmit: (event: Event) => (event.preventDefault(), void send()) },
    el("label", { for: words }, t("Remark")), text,
    el("p", {}, el("label", { for: about }, t("About")), " ", language),
    el("div", { class: "acts" }, el("button", { class: "button small first", type: "submit" }, t("Make the remark")), el("button", { class: "button small plain", type: "button", onclick: close }, t("Cancel"))));
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.ctrlKey) void send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  notes.append(form);
  text.focus();
}
