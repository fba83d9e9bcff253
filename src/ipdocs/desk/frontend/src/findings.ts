// What the checks say about the open document: the slow lane after a step, the fast lane at each key, and which are shown.
import { call, documentPath, Refused, Unreachable } from "./api";
import { onText } from "./cell";
import { onLook } from "./look";
import { onChange, openDocument } from "./store";
import type { DeskFinding, Findings, Look } from "./types";

const SLOW = 600;
/** New findings in the cell that somebody types in wait this long after the last key. */
const WAIT = 800;

/** When the desk does not answer, it is asked again after this. */
const AGAIN = 5000;

let checked: Findings | null = null;
const looks = new Map<string, { look: Look; text: string }>();
/** Findings that a step has dealt with, until the slow lane has seen the step. */
const dealtWith = new Map<string, number>();
let typing = { place: "", lang: "", at: -Infinity };
let shown: readonly DeskFinding[] = [];
let slowTimer = 0;
let waitTimer = 0;
let isStarted = false;
const listeners = new Set<(now: readonly DeskFinding[], before: readonly DeskFinding[]) => void>();

/** Begin to check the open document; called for each document that is opened. */
export function startFindings(): void {
  checked = null;
  looks.clear();
  dealtWith.clear();
  show([]);
  askSlowly(0);
  if (isStarted) return;
  isStarted = true;
  onLook((look, text) => {
    looks.set(look.place, { look, text });
    update();
  });
  onText((place, lang) => {
    typing = { place, lang, at: performance.now() };
  });
  onChange(() => askSlowly(SLOW));
}

/** The findings that are shown, in the order of the document. */
export function shownFindings(): readonly DeskFinding[] {
  return shown;
}

/** How many findings there are besides those that are shown. */
export function furtherFindings(): number {
  return checked?.more ?? 0;
}

/** Call a function whenever other findings are shown than before. */
export function onFindings(listener: (now: readonly DeskFinding[], before: readonly DeskFinding[]) => void): void {
  listeners.add(listener);
}

/** Take findings away at once that a step has dealt with. */
export function dealWith(ids: readonly string[]): void {
  const version = openDocument()?.version ?? 0;
  for (const id of ids) dealtWith.set(id, version);
  update();
}

function askSlowly(pause: number): void {
  clearTimeout(slowTimer);
  slowTimer = setTimeout(() => void ask(), pause);
}

async function ask(): Promise<void> {
  const view = openDocument();
  if (!view || checked?.version === view.version) return;
  let answer: Findings;
  try {
    answer = await call<Findings>("GET", documentPath(view.document, `/findings?v=${checked?.version ?? ""}`));
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable)) throw error; // the bar says that the desk has stopped
    slowTimer = setTimeout(() => void ask(), AGAIN);
    return;
  }
  const now = openDocument();
  if (now?.document !== view.document) return;
  if (answer.version < now.version) return askSlowly(SLOW);
  checked = answer;
  for (const [place, { look, text }] of looks) if ((textOf(place, look.lang) ?? "") === text) looks.delete(place);
  for (const [id, version] of dealtWith) if (answer.version >= version) dealtWith.delete(id);
  update();
}

/** Show what is known now; new findings in the cell being typed in wait. */
function update(): void {
  clearTimeout(waitTimer);
  const current = merged().filter(({ id }) => !dealtWith.has(id));
  const known = new Set(shown.map(({ id }) => id));
  const rest = typing.at + WAIT - performance.now();
  const isEarly = (finding: DeskFinding) => rest > 0 && !known.has(finding.id) && finding.place === typing.place && finding.written === typing.lang;
  if (current.some(isEarly)) waitTimer = setTimeout(update, rest);
  show(current.filter((finding) => !isEarly(finding)));
}

function show(next: readonly DeskFinding[]): void {
  const before = shown;
  if (JSON.stringify(before) === JSON.stringify(next)) return;
  shown = next;
  for (const listener of listeners) listener(shown, before);
}

/** The findings of the slow lane, and those of the fast lane for texts that it has not seen yet. */
function merged(): DeskFinding[] {
  const slow = (checked?.findings ?? []).flatMap((finding) => {
    const answer = finding.place === null ? undefined : looks.get(finding.place);
    if (!answer) return [finding];
    return finding.unit ? [] : stillThere(finding, answer.look.lang, answer.text);
  });
  const known = new Set(slow.map(({ id }) => id));
  const fast = [...looks.values()].flatMap(({ look }) => look.findings).filter(({ id }) => !known.has(id));
  return inOrder([...slow, ...fast]);
}

/** A finding of the slow lane in a text that has changed since: at its new place, or not at all when its words are gone. */
function stillThere(finding: DeskFinding, lang: string, text: string): DeskFinding[] {
  if (finding.written !== lang) return [finding];
  if (finding.start === finding.end) return finding.insert !== null && text.includes(finding.insert) ? [] : [finding];
  const words = finding.derived ? (textOf(finding.place ?? "", lang) ?? "").slice(finding.start, finding.end) : finding.words;
  const places = [...text].length ? allPlaces(text, words) : [];
  if (!words || !places.length) return [];
  const start = places.reduce((best, place) => (Math.abs(place - finding.start) < Math.abs(best - finding.start) ? place : best));
  return [{ ...finding, start, end: start + words.length }];
}

function allPlaces(text: string, words: string): number[] {
  const places: number[] = [];
  for (let at = words ? text.indexOf(words) : -1; at >= 0; at = text.indexOf(words, at + 1)) places.push(at);
  return places;
}

/** Sort findings as they stand in the document; those about no row come last. */
function inOrder(findings: DeskFinding[]): DeskFinding[] {
  const order = new Map<string, number>();
  const view = openDocument();
  for (const row of view?.rows ?? []) {
    order.set(row.id, order.size);
    for (const line of row.lines) for (const language of view?.languages ?? []) order.set(`${language.code} ${line.place}`, order.size);
  }
  const rank = (finding: DeskFinding) => order.get(`${finding.lang} ${finding.place}`) ?? order.get(finding.row ?? "") ?? Infinity;
  return findings.map((finding) => ({ finding, at: rank(finding) })).sort((a, b) => a.at - b.at || a.finding.start - b.finding.start || 0).map(({ finding }) => finding);
}

function textOf(place: string, lang: string): string | null {
  for (const row of openDocument()?.rows ?? []) for (const line of row.lines) if (line.place === place) return line.cells[lang]?.text ?? null;
  return null;
}
