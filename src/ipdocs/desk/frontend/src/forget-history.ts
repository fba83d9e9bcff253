// Forgetting what was written in a document before: nothing of it can be undone any more.
import { call, documentPath } from "./api";
import { ask, note } from "./dialog";
import { el } from "./dom";
import { refresh } from "./store";
import { t } from "./words";

/** The part of the settings with which the history of a document is forgotten. */
export function historyPart(name: string): HTMLElement {
  return el("section", { class: "field" },
    el("p", { class: "quiet" }, t("What was written before is kept on this computer for 90 days, outside of the folder, so that it can be undone.")),
    el("button", { type: "button", class: "button", onclick: () => void forgetHistory(name) }, t("Forget the history…")));
}

async function forgetHistory(name: string): Promise<void> {
  if (!(await ask(t("Forget the history"), t("Nothing that was done until now can be undone afterwards. The words of now stay."), t("Forget the history")))) return;
  await call("DELETE", documentPath(name, "/history"));
  await refresh();
  note(t("The history was forgotten."));
}
