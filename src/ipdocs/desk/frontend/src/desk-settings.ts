// The settings of the desk: language of the interface, the name used for confirmations, and the end of the desk.
import { call, Refused } from "./api";
import { useName } from "./confirm";
import { ask, note } from "./dialog";
import { el, fill, freshId } from "./dom";
import { showKeys } from "./key-help";
import { drawAgain } from "./shell";
import type { DeskInfo } from "./types";
import { setLanguage, t } from "./words";

/** Draw the settings of the desk. */
export async function showDeskSettings(main: HTMLElement, _name: string, info: DeskInfo): Promise<void> {
  main.append(
    el("h1", {}, t("Settings of the desk")),
    el("p", { class: "quiet" }, t("They hold for all folders that you open on this computer.")),
    languageField(info), nameField(info), keysField(), endField());
}

function languageField(info: DeskInfo): HTMLElement {
  const choose = (language: string) => async () => {
    const fresh = await call<DeskInfo>("POST", "/desk/settings", { language });
    setLanguage(fresh);
    await drawAgain(fresh);
    document.getElementById(`language-${language}`)?.focus();
  };
  const choices = info.languages.map(({ code, tag, name }) => el("label", { class: "choice", lang: tag },
    el("input", { type: "radio", name: "language", id: `language-${code}`, value: code, checked: code === info.language, onchange: () => void choose(code)() }), name));
  return el("fieldset", { class: "field" }, el("legend", {}, t("Language of the desk")), ...choices,
    el("p", { class: "help" }, t("It does not depend on the languages of your documents.")));
}

function nameField(info: DeskInfo): HTMLElement {
  const [id, help] = [freshId(), freshId()];
  const wrong = el("p", { class: "error", role: "alert" });
  const input = el("input", { id, value: info.name, autocomplete: "name", maxlength: 100, "aria-describedby": help });
  const save = async () => {
    fill(wrong);
    try {
      info.name = (await call<DeskInfo>("POST", "/desk/settings", { name: input.value })).name;
      useName(info.name);
      note(t("Saved"));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      fill(wrong, t("This name cannot be recorded. Write it as others know it."));
    }
  };
  input.addEventListener("change", () => void save());
  return el("div", { class: "field" }, el("label", { for: id }, t("Your name")), input, wrong,
    el("p", { class: "help", id: help }, t("It stands beside the texts that you confirm. Without one, your user name on this computer does.")));
}

function keysField(): HTMLElement {
  return el("div", { class: "field" }, el("p", { class: "label" }, t("Keys")),
    el("button", { type: "button", class: "button", onclick: showKeys }, t("Show the keys"), " ", el("kbd", {}, "F1")));
}

function endField(): HTMLElement {
  const stop = async () => {
    if (!(await ask(t("Stop the desk"), t("All that you wrote is saved. The pages of the desk stay open, and work again when you start it with: ipdocs desk"), t("Stop the desk")))) return;
    await call("POST", "/desk/stop", {});
  };
  return el("div", { class: "field" }, el("p", { class: "label" }, t("End of work")),
    el("button", { type: "button", class: "button", onclick: () => void stop() }, t("Stop the desk")),
    el("p", { class: "help" }, t("It also stops with Ctrl+C in the window in which it was started.")));
}
