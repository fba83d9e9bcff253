// The open document: what the server sent, patches applied to it, and who wants to know.
import { call, documentPath } from "./api";
import type { Change, DocumentView, Patch, Step } from "./types";

/** What a listener is told: a new view (patch null), or the patch that changed it. */
export type Listener = (view: DocumentView, patch: Patch | null) => void;

let view: DocumentView | null = null;
const listeners = new Set<Listener>();
/** The name of this tab in steps and events. */
export const tab = crypto.randomUUID();

/** The open document; throws where none is open. */
export function theDocument(): DocumentView {
  if (!view) throw new Error("no document is open");
  return view;
}

/** The open document, or null on other pages. */
export function openDocument(): DocumentView | null {
  return view;
}

/** Call a function at every change of the document; returns a function that ends this. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Load a document whole. */
export async function load(name: string): Promise<DocumentView> {
  view = await call<DocumentView>("GET", documentPath(name));
  for (const listener of listeners) listener(view, null);
  return view;
}

/** Forget the document, when its pages are left. */
export function close(): void {
  view = null;
}

/** Send changes as one step, and apply the answer. */
export async function step(changes: Change[], id: string = crypto.randomUUID()): Promise<Patch> {
  const document = theDocument().document;
  const sent: Step = { id, tab, changes };
  const patch = await call<Patch>("POST", documentPath(document, "/step"), sent);
  if (openDocument()?.document === document) apply(patch);
  return patch;
}

/** Take back, or do again, the last step. */
export async function undo(again = false): Promise<Patch> {
  const patch = await call<Patch>("POST", documentPath(theDocument().document, again ? "/redo" : "/undo"), { tab });
  apply(patch);
  return patch;
}

/** Apply an answer of the server; one that is older than the view is left out. */
export function apply(patch: Patch): void {
  if (!view || patch.version < view.version) return;
  const rows = new Map([...view.rows, ...patch.rows].map((row) => [row.id, row]));
  const { version, hash, saved_at, facts, title, about, undo, redo } = patch;
  const ordered = patch.order.map((id) => rows.get(id)).filter((row) => row !== undefined);
  view = { ...view, version, hash, saved_at, facts, title, about, undo, redo, rows: ordered };
  for (const listener of listeners) listener(view, patch);
}
