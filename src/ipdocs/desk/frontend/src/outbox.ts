// Words that were typed and that the server has not answered yet: kept, sent by the rules of saving, and never lost by an error.
import { Refused, Unreachable } from "./api";
import { forget, holdTab, keep, takeOver, type Words } from "./unsent-words";
import { beforeStep, cellOf, drawAgain, keyOf, openDocument, sendAway, sendStep, tab } from "./store";
import type { Conflict, CoreFinding, Message, Step } from "./types";

const PAUSE = 800;
const LONGEST = 5000;
const STEP_PAUSE = 2000;
const AGAIN = { unreachable: 1000, unwritten: 5000 };
const SENTENCE_END = /[。！？]$|[.!?]["'”’)]*\s$/;

type Waiting = Words & {
  id: string;
  firstKey: number;
  lastKey: number;
  timer: number;
  /** The request that is on its way. */
  sending: Promise<void> | null;
  conflict: Conflict | null;
  findings: CoreFinding[] | null;
};

/** Why nothing can be written now. */
export type Trouble = { kind: "stopped" } | { kind: "unwritten"; findings: CoreFinding[] } | { kind: "read-only"; reason: Message };

const waiting = new Map<string, Waiting>();
const listeners = new Set<() => void>();
let trouble: Trouble | null = null;
let lastCell = "";
let lastKey = 0;
let isHeld = () => false;

/** Begin to keep and send words; `held` says whether an input method composes, so that nothing may be sent. */
export function startOutbox(held: () => boolean): void {
  isHeld = held;
  holdTab(tab);
  beforeStep(() => sendAll());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void sendAll());
  addEventListener("pagehide", sendLast);
}

/** Take over the words that an earlier window did not get an answer for; words whose text has changed since become conflicts. */
export async function openOutbox(): Promise<void> {
  const view = openDocument();
  if (!view) return;
  for (const words of await takeOver(tab, view.document)) {
    const present = cellOf(words.place, words.lang)?.text ?? null;
    if (present === words.text) void forget(tab, words);
    else if (present === words.before || present === words.sent) wait({ ...words, before: present }, 0);
    else {
      const { place, lang, text, before } = words;
      wait(words, null).conflict = { place, lang, mine: text, theirs: present, base: before };
    }
  }
  tell();
}

/** Note what stands in a cell after an input event outside of a composition. */
export function typed(place: string, lang: string, text: string): void {
  const view = openDocument();
  if (!view) return;
  const known = waiting.get(keyOf(place, lang));
  const before = known ? known.before : cellOf(place, lang)?.text ?? null;
  const words = { document: view.document, place, lang, before, text, sent: known?.sent ?? null, hash: view.hash };
  if (text === (before ?? "") && !known?.sending) {
    if (known) drop(known);
    return;
  }
  const now = performance.now();
  const firstKey = known && known.text !== known.sent ? known.firstKey : now;
  const pause = SENTENCE_END.test(text) && text.length > (before ?? "").length ? 0 : Math.min(PAUSE, firstKey + LONGEST - now);
  const conflict = known?.conflict ?? null;
  const entry = wait(words, conflict ? null : Math.max(0, pause), known);
  Object.assign(entry, { firstKey, lastKey: now, conflict: conflict && { ...conflict, mine: text } });
  tell();
}

/** The words of a cell that the file does not have yet, or null. */
export function pendingText(place: string, lang: string): string | null {
  return waiting.get(keyOf(place, lang))?.text ?? null;
}

/** Send the words of a cell that is left now. */
export function leave(place: string, lang: string): void {
  const entry = waiting.get(keyOf(place, lang));
  if (entry && !entry.conflict) void send(entry);
}

/** Send all words now; resolves when each is answered or refused. */
export async function sendAll(): Promise<void> {
  await Promise.all([...waiting.values()].map((entry) => send(entry)));
}

/** All words that wait, for the bar that offers to copy them. */
export function allWords(): Words[] {
  return [...waiting.values()];
}

/** The conflicts that wait for a decision. */
export function conflicts(): Conflict[] {
  return [...waiting.values()].flatMap((entry) => entry.conflict ?? []);
}

/** The texts that the server refuses, with its reasons. */
export function refusals(): { place: string; lang: string; findings: CoreFinding[] }[] {
  return [...waiting.values()].flatMap(({ place, lang, findings }) => (findings ? { place, lang, findings } : []));
}

/** Decide a conflict: the text that shall stand in the file; null takes theirs. */
export function decide(conflict: Conflict, text: string | null): void {
  const entry = waiting.get(keyOf(conflict.place, conflict.lang));
  if (!entry) return;
  entry.conflict = null;
  const present = cellOf(conflict.place, conflict.lang)?.text ?? null;
  const isOther = text !== conflict.mine;
  if (text === null || text === (present ?? "")) drop(entry);
  else wait({ ...entry, before: present, text, sent: null }, null, entry);
  if (isOther) drawAgain();
  void send(entry).then(() => isOther && drawAgain());
}

/** How saving stands. */
export function saving(): { trouble: Trouble | null; isSending: boolean; waitsSince: number | null } {
  const entries = [...waiting.values()].filter((entry) => !entry.conflict);
  const waitsSince = entries.length ? Math.min(...entries.map((entry) => entry.firstKey)) : null;
  return { trouble, isSending: entries.some((entry) => entry.sending !== null), waitsSince };
}

/** Call a function whenever saving stands otherwise. */
export function onSaving(listener: () => void): void {
  listeners.add(listener);
}

/** Note that the server is away, or back. */
export function serverIs(away: boolean): void {
  if (away === (trouble?.kind === "stopped")) return;
  trouble = away ? { kind: "stopped" } : null;
  if (!away) void sendAll();
  tell();
}

/** Forget the words in memory when the pages of a document are left; those on the disk stay. */
export function closeOutbox(): void {
  for (const entry of waiting.values()) clearTimeout(entry.timer);
  waiting.clear();
  trouble = null;
}

function wait(words: Words, pause: number | null, known?: Waiting): Waiting {
  const now = performance.now();
  const fresh = { id: "", firstKey: now, lastKey: now, timer: 0, sending: null, conflict: null, findings: null };
  const entry = Object.assign(known ?? fresh, words) as Waiting;
  waiting.set(keyOf(words.place, words.lang), entry);
  void keep(tab, plain(entry)).catch(() => undefined); // a full disk of the browser: the words stay in memory
  clearTimeout(entry.timer);
  if (pause !== null) entry.timer = setTimeout(() => void send(entry), pause);
  return entry;
}

function drop(entry: Waiting): void {
  clearTimeout(entry.timer);
  if (waiting.get(keyOf(entry.place, entry.lang)) === entry) waiting.delete(keyOf(entry.place, entry.lang));
  void forget(tab, entry).catch(() => undefined);
  tell();
}

/** Send the words of a cell; words that are on their way are answered first, and the rest follows. */
async function send(entry: Waiting): Promise<void> {
  if (entry.sending) await entry.sending;
  clearTimeout(entry.timer);
  if (entry.sending || entry.conflict || waiting.get(keyOf(entry.place, entry.lang)) !== entry) return;
  if (isHeld()) {
    entry.timer = setTimeout(() => void send(entry), 100);
    return;
  }
  // Words on their way are sent again as they were: the same id with the same words is the same step.
  const again = entry.sent !== null && entry.id !== "";
  const text = again ? entry.sent! : fileText(entry.text, entry.before);
  if (text === (entry.before ?? "")) return drop(entry);
  if (!again) entry.id = crypto.randomUUID();
  entry.sent = text;
  void keep(tab, plain(entry)).catch(() => undefined);
  const request = sendStep(stepOf(entry, entry.before, text), entry.document);
  entry.sending = request.then(() => answered(entry, text), (error: unknown) => refused(entry, error));
  tell();
  await entry.sending;
  tell();
}

/** Send what is not sent yet while the page goes away; the answer is not waited for, and the words stay kept without it. */
function sendLast(): void {
  for (const entry of waiting.values()) {
    const before = entry.sending ? entry.sent : entry.before;
    const text = fileText(entry.text, before);
    if (entry.conflict || isHeld() || text === (before ?? "")) continue;
    if (!entry.sending && entry.sent !== text) entry.id = crypto.randomUUID();
    const id = entry.sending ? crypto.randomUUID() : entry.id;
    void sendAway({ ...stepOf(entry, before, text), id }, entry.document).catch(() => undefined);
  }
}

function stepOf({ id, place, lang, firstKey, lastKey: typedAt }: Waiting, before: string | null, text: string): Step {
  const cell = keyOf(place, lang);
  const continues = cell === lastCell && firstKey - lastKey < STEP_PAUSE;
  [lastCell, lastKey] = [cell, typedAt];
  return { id, tab, continues, changes: [{ type: "text", place, lang, before, after: text }] };
}

function answered(entry: Waiting, text: string): void {
  trouble = null;
  Object.assign(entry, { sending: null, sent: null, id: "", before: text === "" ? null : text, findings: null });
  if (fileText(entry.text, text) === text) drop(entry);
  else wait(entry, Math.max(0, entry.firstKey + PAUSE - performance.now()), entry);
}

function refused(entry: Waiting, error: unknown): void {
  entry.sending = null;
  const later = (kind: keyof typeof AGAIN) => (entry.timer = setTimeout(() => void send(entry), AGAIN[kind]));
  const failure = error instanceof Refused ? error.failure : {};
  if (error instanceof Unreachable || (error instanceof Refused && error.status === 401)) {
    trouble = { kind: "stopped" };
    later("unreachable");
  } else if (!(error instanceof Refused)) throw error;
  else if (failure.conflict) {
    Object.assign(entry, { conflict: { ...failure.conflict, mine: entry.text }, sent: null, id: "" });
  } else if (failure.read_only) {
    trouble = { kind: "read-only", reason: failure.read_only };
    later("unwritten");
  } else if (error.status === 422) {
    Object.assign(entry, { findings: failure.findings ?? [], sent: null, id: "" });
  } else {
    trouble = { kind: "unwritten", findings: failure.problem?.findings ?? failure.findings ?? [] };
    later("unwritten");
  }
}

/** The text as the file gets it: a space or line break that was typed last waits for the word after it, and no line is blank. */
export function fileText(text: string, before: string | null): string {
  const lines = text.replace(/^\n+|\n(?=\s*\n)/g, "");
  return /\s$/.test(before ?? "") ? lines.replace(/\n+$/, "") : lines.trimEnd();
}

function plain({ document, place, lang, before, text, sent, hash }: Waiting): Words {
  return { document, place, lang, before, text, sent, hash };
}

function tell(): void {
  for (const listener of listeners) listener();
}
