// Takes back what was typed in a field and not answered by the server yet. CodeMirror's own history is not loaded.
import type { EditorView } from "@codemirror/view";
import { showText } from "./field";
import type { Written } from "./markup";
import { fileText } from "./outbox";

type Group = { before: Written; after: string; kind: string; time: number };
const PAUSE = 800;
const MOST = 200;
const groups = new WeakMap<EditorView, Group[]>();

/** Remember how a field was before a change. Keys typed without a pause are taken back together, up to the end of a word. */
export function remember(view: EditorView, before: Written, kind: string): void {
  const list = groups.get(view) ?? [];
  groups.set(view, list);
  const last = list.at(-1);
  const after = view.state.doc.toString();
  const now = performance.now();
  const goesOn = last && last.kind === kind && kind !== "one" && now - last.time < PAUSE && last.after === before.text;
  if (goesOn) Object.assign(last, { after, time: now });
  else list.push({ before, after, kind, time: now });
  if (list.length > MOST) list.shift();
}

/** Forget all changes up to a text, which the server has now. */
export function forget(view: EditorView, text: string): void {
  const list = groups.get(view);
  if (!list) return;
  const at = list.findLastIndex((group) => group.after === text || fileText(group.after, text) === text);
  if (at >= 0) list.splice(0, at + 1);
}

/** Take back the last group of changes; returns whether there was one. */
export function takeBackIn(view: EditorView): boolean {
  const group = groups.get(view)?.pop();
  if (!group) return false;
  showText(view, group.before);
  return true;
}
