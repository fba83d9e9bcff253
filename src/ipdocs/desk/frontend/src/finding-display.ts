// Shows findings on the Write page: cards below rows, marks in words, counts, what is said, and the keys that go to them.
import { markFindings } from "./cell";
import { cardId, findingCard, sentenceOf, showFinding } from "./cards";
import { drawWords } from "./drawing";
import { el } from "./dom";
import { furtherFindings, onFindings, shownFindings, startFindings } from "./findings";
import { afterComposition } from "./ime";
import { bindKeys } from "./keys";
import { marksFor, setAllMarks, type FindingMark } from "./finding-marks";
import { blockOf, firstButton, showCards } from "./card-groups";
import { say } from "./say";
import { countLine, howMany } from "./severity";
import { keyOf, openDocument } from "./store";
import type { DeskFinding, Row } from "./types";
import { n, t } from "./words";

/** A text that is marked whole would be hard to read: longer ones have only their card. */
const LONGEST_WHOLE = 30;
const SAY_AFTER = 1000;
let isStarted = false;
let drawn = new Map<string, string>();
let sayTimer = 0;
let saidOf: { key: string; ids: Set<string> } | null = null;

/** Begin to show findings; called when the Write page of a document is drawn. */
export function startMending(): void {
  drawn = new Map();
  setAllMarks(new Map());
  startFindings();
  if (isStarted) return;
  isStarted = true;
  onFindings((now, before) => {
    showFindings();
    tell(now, before);
  });
  document.addEventListener("focusin", () => label(shownFindings()));
  bindKeys(
    { keys: "F7", does: "Next finding", act: () => go(1) },
    { keys: "Shift+F7", does: "Previous finding", act: () => go(-1) },
    { keys: "Alt+Enter", does: "Do the first button of the block's first card", act: pressFirst },
  );
}

/** Show the findings again after the rows were drawn. */
export function showFindings(): void {
  afterComposition(() => draw(shownFindings()));
}

function draw(findings: readonly DeskFinding[]): void {
  const view = openDocument();
  if (!view) return;
  const byRow = grouped(findings.filter(({ row }) => row !== null), ({ row }) => row ?? "");
  for (const row of view.rows) drawCards(row, byRow.get(row.id) ?? []);
  drawRest(findings.filter((finding) => finding.row === null || !view.rows.some(({ id }) => id === finding.row)));
  const changed = setAllMarks(marksOf(byRow));
  for (const key of changed) drawMarks(key);
  label(findings);
  drawStates(byRow);
}

/** Cards that stay as they are keep their focus and what is written in them. */
function drawCards(row: Row, findings: DeskFinding[]): void {
  const state = JSON.stringify(findings);
  const block = blockOf(row.id);
  if (!block) return;
  const isThere = findings.length === block.querySelectorAll("[data-finding]").length;
  if (isThere && drawn.get(row.id) === state) return;
  drawn.set(row.id, state);
  const old = new Map([...block.querySelectorAll<HTMLElement>("[data-finding]")].map((card) => [card.dataset["finding"], card]));
  const cards = findings.map((finding, index) => {
    const known = old.get(finding.id);
    return known?.contains(document.activeElement) ? known : findingCard(finding, findings.length > 1 ? index + 1 : undefined);
  });
  showCards(row.id, "findings", cards);
}

/** Findings about no row, such as a fact that no text uses, stand below the rows. */
function drawRest(findings: DeskFinding[]): void {
  const blocks = document.querySelector(".blocks");
  let rest = document.getElementById("findings-of-document");
  const more = furtherFindings();
  const state = JSON.stringify([findings, more]);
  if (rest?.dataset["state"] === state) return;
  if (!(findings.length || more) || !blocks) return void rest?.remove();
  rest ??= el("section", { id: "findings-of-document", class: "notes of-document", "aria-label": t("Findings on the whole document") });
  rest.dataset["state"] = state;
  const further = more ? [el("p", { class: "quiet" }, n(more, "{n} more finding comes when these are mended.", "{n} more findings come when these are mended."))] : [];
  rest.replaceChildren(...findings.map((finding) => findingCard(finding, undefined)), ...further);
  blocks.after(rest);
}

function marksOf(byRow: Map<string, DeskFinding[]>): Map<string, FindingMark[]> {
  const marks = new Map<string, FindingMark[]>();
  for (const findings of byRow.values()) findings.forEach((finding, index) => {
    const { place, lang, severity } = finding;
    if (place === null || lang === null) return;
    const [from, to] = finding.derived ? derivedRange(finding) : [finding.start, finding.end];
    const isWhole = from === 0 && to > LONGEST_WHOLE && to === (textOf(place, lang)?.length ?? 0);
    if (from >= to || isWhole) return;
    const mark: FindingMark = findings.length > 1 ? { from, to, severity, number: index + 1 } : { from, to, severity };
    const key = keyOf(place, lang);
    marks.set(key, [...(marks.get(key) ?? []), mark]);
  });
  return marks;
}

/** Where a word made by conversion stands in the derived words: the same occurrence as in the text it is made from. */
function derivedRange(finding: DeskFinding): [number, number] {
  const text = textOf(finding.place ?? "", finding.lang ?? "") ?? "";
  const share = finding.start / Math.max(1, (textOf(finding.place ?? "", finding.written ?? "") ?? "").length);
  let best = -1;
  for (let at = text.indexOf(finding.words); at >= 0; at = text.indexOf(finding.words, at + 1))
    if (best < 0 || Math.abs(at - share * text.length) < Math.abs(best - share * text.length)) best = at;
  return best < 0 ? [0, 0] : [best, best + finding.words.length];
}

function drawMarks(key: string): void {
  const [lang = "", place = ""] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
  const host = hostOf(place, lang);
  const cell = wordsOf(place, lang);
  if (host?.dataset["live"] !== undefined) markFindings(place, lang, marksFor(place, lang));
  else if (host && cell) host.replaceChildren(...drawWords({ text: cell.text ?? "", spans: cell.spans }, host.dataset["open"] ?? "", marksFor(place, lang)));
}

/** Cells are described by their cards, and their names say how many there are. */
function label(findings: readonly DeskFinding[]): void {
  const byCell = grouped(findings, cellKey);
  for (const host of document.querySelectorAll<HTMLElement>("[data-place][data-lang]")) {
    const own = byCell.get(keyOf(host.dataset["place"] ?? "", host.dataset["lang"] ?? "")) ?? [];
    const box = host.querySelector<HTMLElement>(".cm-content") ?? host;
    setAttribute(box, "aria-label", [host.dataset["name"], howMany(own)].filter(Boolean).join(", "));
    setAttribute(box, "aria-describedby", own.map(cardId).join(" "));
  }
}

/** "1 to mend, 2 to look at" before how a text stands. */
function drawStates(byRow: Map<string, DeskFinding[]>): void {
  for (const line of document.querySelectorAll<HTMLElement>("[data-state]")) {
    const row = line.closest<HTMLElement>(".block")?.dataset["row"] ?? "";
    const own = (byRow.get(row) ?? []).filter(({ lang }) => lang === line.dataset["state"]);
    const old = line.querySelector<HTMLElement>(":scope > .to-mend");
    if (old?.dataset["words"] === howMany(own)) continue;
    old?.remove();
    const tongue = line.querySelector(":scope > .tongue");
    if (own.length && tongue) tongue.after(countLine(own));
    else if (own.length) line.prepend(countLine(own));
  }
}

/** The cell in which a finding can be dealt with: of words that are made from another language, that of the other language. */
function cellKey({ place, lang, derived, written }: DeskFinding): string {
  return keyOf(place ?? "", (derived ? written : lang) ?? "");
}

/** Say once, after a second, what has come or gone in the cell that the caret is in. */
function tell(now: readonly DeskFinding[], before: readonly DeskFinding[]): void {
  const host = document.activeElement?.closest<HTMLElement>("[data-place][data-lang]");
  if (!host) return;
  const key = keyOf(host.dataset["place"] ?? "", host.dataset["lang"] ?? "");
  const inCell = (findings: readonly DeskFinding[]) => findings.filter((finding) => cellKey(finding) === key);
  if (saidOf?.key !== key) saidOf = { key, ids: new Set(inCell(before).map(({ id }) => id)) };
  const present = inCell(now);
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => {
    const known = saidOf?.ids ?? new Set<string>();
    const fresh = present.filter(({ id }) => !known.has(id));
    const isMended = [...known].some((id) => !present.some((finding) => finding.id === id));
    saidOf = { key, ids: new Set(present.map(({ id }) => id)) };
    if (fresh[0]) say(`${howMany(present)}: ${sentenceOf(fresh[0])}`);
    else if (isMended) say(present.length ? t("Mended; {rest}", { rest: howMany(present) }) : t("Mended"));
  }, SAY_AFTER);
}

/** Go to the next or previous finding from where the caret is; at the end, begin again. */
function go(by: 1 | -1): boolean {
  const findings = shownFindings();
  if (!openDocument() || !document.querySelector(".blocks")) return false;
  if (!findings.length) {
    say(t("There is nothing to mend"));
    return true;
  }
  const here = indexOfFocus(findings);
  const next = findings[(here + by + findings.length + (here < 0 && by < 0 ? 1 : 0)) % findings.length];
  if (next) {
    last = next.id;
    showFinding(next);
    say(sentenceOf(next));
  }
  return true;
}

let last = "";

/** The finding that was gone to last, or the last one before the row of the caret; -1 before the first. */
function indexOfFocus(findings: readonly DeskFinding[]): number {
  const row = document.querySelector<HTMLElement>(".block.here")?.dataset["row"] ?? "";
  const known = findings.findIndex(({ id }) => id === last);
  if (known >= 0 && (findings[known]?.row === row || findings[known]?.row === null)) return known;
  const ids = openDocument()?.rows.map(({ id }) => id) ?? [];
  return findings.findLastIndex((finding) => ids.indexOf(finding.row ?? "") < ids.indexOf(row) && finding.row !== null);
}

function pressFirst(): boolean {
  const block = document.querySelector(".block.here");
  const button = block && firstButton(block);
  button?.click();
  return Boolean(button);
}

function grouped(findings: readonly DeskFinding[], keyFor: (finding: DeskFinding) => string): Map<string, DeskFinding[]> {
  const groups = new Map<string, DeskFinding[]>();
  for (const finding of findings) groups.set(keyFor(finding), [...(groups.get(keyFor(finding)) ?? []), finding]);
  return groups;
}

function setAttribute(element: HTMLElement, name: string, value: string): void {
  if ((element.getAttribute(name) ?? "") === value) return;
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

function hostOf(place: string, lang: string): HTMLElement | null {
  const hosts = document.querySelectorAll<HTMLElement>("[data-place][data-lang], [data-derived-words][data-derived-lang]");
  return [...hosts].find(({ dataset }) => (dataset["place"] ?? dataset["derivedWords"]) === place && (dataset["lang"] ?? dataset["derivedLang"]) === lang) ?? null;
}

function wordsOf(place: string, lang: string): { text: string | null; spans: Row["lines"][number]["cells"][string]["spans"] } | null {
  for (const row of openDocument()?.rows ?? []) for (const line of row.lines) if (line.place === place) return line.cells[lang] ?? line.derived[lang] ?? null;
  return null;
}

function textOf(place: string, lang: string): string | null {
  return wordsOf(place, lang)?.text ?? null;
}
