// Recurring text is chosen by its name, with its words shown.
import { call, documentPath } from "./api";
import { openDialog } from "./dialog";
import { el, fill } from "./dom";
import { insertAfter } from "./edges";
import { theDocument } from "./store";
import { languageHere } from "./standing";
import { t } from "./words";

type Section = { name: string; title: string; texts: Record<string, string[]> };

/** Show the recurring texts, and put the chosen one in after a row. */
export async function chooseRecurring(after: string | null): Promise<void> {
  const lang = languageHere();
  const { sections } = await call<{ sections: Section[] }>("GET", documentPath(theDocument().document, "/recurring"));
  const preview = el("div", { class: "recurring-preview", tabindex: 0, role: "region", "aria-label": t("Its words"), "aria-live": "polite" });
  let chosen = sections[0];
  const show = (section: Section) => {
    chosen = section;
    const columns = theDocument().languages.map(({ code, tag, name }) => el("div", { lang: tag }, el("b", {}, name), ...(section.texts[code] ?? []).map((text) => el("p", {}, text))));
    fill(preview, columns);
  };
  const choices = sections.map((section, index) => el("label", {}, el("input", { type: "radio", name: "section", value: section.name, checked: index === 0, onchange: () => show(section) }), " ", section.title));
  const put = (event: SubmitEvent) => {
    event.preventDefault();
    dialog.close();
    if (chosen) void insertAfter(after, "boilerplate", lang, false, chosen.name);
  };
  const form = el("form", { onsubmit: put },
    sections.length ? el("fieldset", { class: "choices" }, el("legend", {}, t("Which text")), ...choices) : el("p", {}, t("There is no recurring text yet.")),
    preview,
    el("div", { class: "acts" }, sections.length ? el("button", { class: "button first" }, t("Put it in")) : null, el("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("Cancel"))));
  const dialog = openDialog(t("Recurring text"), [form]);
  dialog.element.classList.add("wide");
  if (chosen) show(chosen);
}
