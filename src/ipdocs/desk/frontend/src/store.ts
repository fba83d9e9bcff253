// The open document: what the server sent, patches applied to it, and who wants to know.
import { call, documentPath, Refused } from "./api";
import type { Cell, Change, DeskEvent, DocumentView, Language, Patch, Step } from "./types";

/** What a listener is told: a new view (patch null), or the patch that changed it. */
type Listener = (view: DocumentView, patch: Patch | null) => void;

let view: DocumentView | null = null;
const listeners = new Set<Listener>();
const preparations: (() => Promise<void>)[] = [];
let queue: Promise<unknown> = Promise.resolve();
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

/** A cell of the open document, or null. */
export function cellOf(place: string, lang: string): Cell | null {
  for (const row of view?.rows ?? [])
    for (const { cells } of row.lines) if (cells[lang]?.place === place) return cells[lang];
  return null;
}

/** A language of the open document by its code. */
export function languageOf(code: string | null | undefined): Language | undefined {
  return view?.languages.find((language) => language.code === code);
}

/** The name of a cell in maps. */
export function keyOf(place: string, lang: string): string {
  return `${lang} ${place}`;
}

/** Call a function at every change of the document; returns a function that ends this. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Do something before each step of structure, undo and redo: words that are not yet sent go first. */
export function beforeStep(prepare: () => Promise<void>): void {
  preparations.push(prepare);
}

/** Load a document whole. */
export async function load(name: string): Promise<DocumentView> {
  const read = await call<DocumentView>("GET", documentPath(name));
  if (read.problem && !read.languages) throw new Refused(422, { findings: read.problem.findings }); // it could never be read
  view = read;
  for (const listener of listeners) listener(view, null);
  return view;
}

/** Forget the document, when its pages are left; words that are not yet sent go first. */
export function close(): void {
  if (view) for (const act of preparations) void act();
  view = null;
}

/** Send changes as one step, after the words that wait, and apply the answer. */
export async function step(changes: Change[], id: string = crypto.randomUUID()): Promise<Patch> {
  await prepare();
  return sendStep({ id, tab, changes });
}

/** Send a step as it is, after those before it, and apply the answer. */
export function sendStep(sent: Step, name = theDocument().document): Promise<Patch> {
  return post("/step", sent, name);
}

/** Send a step while the page goes away: the browser delivers it after the page has ended, if it is not too large. */
export function sendAway(sent: Step, name: string): Promise<Patch> {
  return call<Patch>("POST", documentPath(name, "/step"), sent, { keepalive: JSON.stringify(sent).length < 20_000 });
}

/** Take back, or do again, the last step. */
export async function undo(again = false): Promise<Patch> {
  await prepare();
  return post(again ? "/redo" : "/undo", { id: crypto.randomUUID(), tab });
}

async function prepare(): Promise<void> {
  for (const act of preparations) await act();
}

/** Requests that change the document go one after the other. */
function post(path: string, body: unknown, name = theDocument().document): Promise<Patch> {
  const send = async () => {
    try {
      const patch = await call<Patch>("POST", documentPath(name, path), body);
      if (view?.document === name) await apply(patch);
      return patch;
    } catch (error) {
      if (error instanceof Refused && error.failure.stale) await refresh();
      throw error;
    }
  };
  const answer = queue.then(send);
  queue = answer.catch(() => undefined);
  return answer;
}

/** Take in what another tab or another program did to the document. */
export async function takeEvent(event: DeskEvent): Promise<void> {
  if (view && event.type === "lost") await refresh();
  if (!view || event.document !== view.document) return;
  if (event["patch"]) await apply(event["patch"] as Patch);
}

/** Apply an answer of the server. One that is not newer than the view is left out; after a gap the document is read again. */
export async function apply(patch: Patch): Promise<void> {
  if (!view || patch.version <= view.version) {
    if (view && patch.go_to) show(view, { ...patch, rows: [] });
    return;
  }
  if (patch.base !== view.version && patch.base !== 0) await refresh(patch);
  else show(changed(view, patch), patch);
}

/** Read the document again, and draw only what differs. */
export async function refresh(because: Partial<Patch> = {}): Promise<void> {
  if (!view) return;
  const name = view.document;
  const fresh = await call<DocumentView>("GET", documentPath(name));
  if (view?.document !== name || fresh.version < view.version) return;
  const old = new Map(view.rows.map((row) => [row.id, JSON.stringify(row)]));
  const rows = fresh.rows.filter((row) => old.get(row.id) !== JSON.stringify(row));
  const { rows: all, ...standing } = fresh;
  const patch: Patch = { ...standing, saved_at: fresh.saved_at ?? "", base: view.version, label: null, ...pick(because), order: all.map((row) => row.id), rows };
  show(fresh, patch);
}

/** Draw the document as it is, when fields gave up words of their own. */
export function drawAgain(): void {
  if (!view) return;
  const { rows, ...standing } = view;
  show(view, { ...standing, saved_at: view.saved_at ?? "", base: view.version, label: null, order: rows.map((row) => row.id), rows: [] });
}

function pick({ label, go_to }: Partial<Patch>): Partial<Patch> {
  return { ...(label ? { label } : {}), ...(go_to ? { go_to } : {}) };
}

function show(next: DocumentView, patch: Patch): void {
  view = next;
  for (const listener of listeners) listener(view, patch);
}

/** The view after a patch. */
function changed(before: DocumentView, patch: Patch): DocumentView {
  const rows = new Map([...before.rows, ...patch.rows].map((row) => [row.id, row]));
  const { base: _base, label: _label, order, rows: _rows, go_to: _goTo, ...standing } = patch;
  return { ...before, ...standing, rows: order.map((id) => rows.get(id)).filter((row) => row !== undefined) };
}
