// The head of a document's pages: its title, what it is, and what can be undone.
import { buildAgain, wasBuilt } from "./build";
import { el, fill, icon } from "./dom";
import { go } from "./shell";
import { bindKeys } from "./keys";
import { openDocument } from "./store";
import { showCount } from "./tasks";
import type { DocumentView, Message } from "./types";
import { redo, undo } from "./undo";
import { m, t } from "./words";

/** Show the title of a document, what it is, and the buttons for undoing. */
export function showDocumentHead(view: DocumentView): void {
  const [first] = view.languages;
  const title = document.getElementById("title");
  if (title && first) {
    title.textContent = view.title[first.code] ?? view.document;
    title.lang = first.tag;
    document.title = `${title.textContent} · ipdocs desk`;
  }
  const about = document.getElementById("about");
  if (about) about.textContent = [...view.about.map(m)].join(" · ");
  showCount();
  const tools = document.getElementById("tools");
  if (tools) fill(tools, undoButton(view.undo, false), undoButton(view.redo, true), againButton(view), el("a", { class: "button first", href: `/d/${view.document}/files` }, t("Build…")));
}

/** Bind the keys that undo; what was typed in a cell and is not answered yet is taken back first. */
export function startUndoKeys(): void {
  const act = (again: boolean) => () => {
    if (document.activeElement?.matches("input, textarea, select") || !openDocument()) return false;
    void (again ? redo() : undo());
    return true;
  };
  bindKeys({ keys: "Ctrl+Z", does: "Undo", act: act(false) }, { keys: "Ctrl+Y", does: "Redo", act: act(true) }, { keys: "Ctrl+Shift+Z", does: "Redo", act: act(true) });
}

/** Build with one click as the last time; none where nothing was built. */
function againButton(view: DocumentView): HTMLElement | null {
  if (!wasBuilt(view.document) || location.pathname.endsWith("/files")) return null;
  const button = el("button", { class: "button", type: "button", onclick: () => void buildAgain(view.document, button, () => void go(`/d/${view.document}/files`)) }, t("Build again"));
  return button;
}

function undoButton(label: Message | null, again: boolean): HTMLElement {
  const what = label && { what: m(label) };
  const words = what ? (again ? t("Redo: {what}", what) : t("Undo: {what}", what)) : again ? t("Redo") : t("Undo");
  return el("button", {
    class: "button square", type: "button", "aria-label": `${words} (${again ? "Ctrl+Y" : "Ctrl+Z"})`, title: words, "aria-disabled": label ? null : "true",
    onmousedown: (event: MouseEvent) => event.preventDefault(), // the caret stays where it is
    onclick: () => void (again ? redo() : undo()),
  }, icon(again ? "redo" : "undo"));
}
