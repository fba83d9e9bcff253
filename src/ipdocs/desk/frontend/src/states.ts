// How a text stands: a sign and a word, never colour alone.
import { el, icon, type IconName } from "./dom";
import type { CellState, Language, Line, Row, StateKind } from "./types";
import { t, when } from "./words";

/** The states that ask for work, the most urgent first. */
const OPEN: StateKind[] = ["missing", "changed", "draft"];
const SIGNS: Record<StateKind, IconName | null> = { missing: "ring", draft: "pen", written: null, changed: "turn", confirmed: "tick", follows: "lock", absent: null };
const CLASSES: Partial<Record<StateKind, string>> = { draft: "draft", changed: "stale", confirmed: "confirmed", missing: "missing" };
const ORIGINS: Record<string, string> = {
  memory: "from memory", machine: "by machine", unfinished: "unfinished", rejected: "sent back", "in part": "in part", fuzzy: "from memory",
  same: "from memory", exact: "from memory", facts: "from memory", spelling: "from memory",
};

/** Whether a text still asks for work. */
export function isOpen(state: CellState): boolean {
  return OPEN.includes(state.kind) || state.gap === true;
}

/** The word for a state: "Draft". `original` is the language that the text is translated from. */
export function stateWord(kind: StateKind, original: Language | undefined): string {
  switch (kind) {
    case "missing": return t("Missing");
    case "draft": return t("Draft");
    case "written": return t("Written");
    case "changed": return t("{language} changed", { language: t(original?.english ?? "") });
    case "confirmed": return t("Confirmed");
    case "follows": return t("Follows {language}", { language: t(original?.english ?? "") });
    case "absent": return t("Left out");
  }
}

/** What a state says besides its word: "from memory, 94 % alike". */
export function stateDetail(state: CellState): string {
  const parts: string[] = [];
  if (state.kind === "draft" && state.origin) parts.push(t(ORIGINS[state.origin] ?? state.origin));
  if (state.percent !== undefined) parts.push(t("{percent} % alike", { percent: state.percent }));
  if (state.kind === "confirmed" && state.by) parts.push(t("by {name}", { name: state.by }));
  if (state.kind === "changed" && state.by) parts.push(t("since confirmed"));
  if (state.kind === "confirmed" && state.on) parts.push(day(state.on));
  if (state.gap && state.kind !== "missing") parts.push(t("with an open gap"));
  return parts.join(", ");
}

/** The state of a row in a language, for the line below its words: of several texts, what is open is counted. */
export function stateLine(row: Row, language: Language, original: Language | undefined): HTMLElement | null {
  const states = statesOf(row.lines, language.code);
  const [first] = states;
  if (!first) return null;
  const line = el("p", { class: "state" }, el("span", { class: "tongue", lang: language.tag }, language.short));
  const kinds = new Set(states.map(({ kind }) => kind));
  const shown = kinds.size === 1 ? [...kinds] : OPEN.filter((kind) => kinds.has(kind));
  if (kinds.size > 1 && !shown.length) shown.push("written");
  shown.forEach((kind, index) => {
    if (index) line.append(" · ");
    const count = states.filter((state) => state.kind === kind).length;
    const sign = SIGNS[kind];
    const name = CLASSES[kind] ?? "";
    if (sign) line.append(icon(sign, name));
    const word = stateWord(kind, original);
    line.append(el("span", { class: name ? `word ${name}` : "" }, kinds.size > 1 && kind !== "written" ? `${count} × ${word}` : word));
  });
  const detail = kinds.size === 1 ? stateDetail(mostTelling(states)) : "";
  if (detail) line.append(detail);
  return line;
}

/** The line below words that are made from another language. */
export function followsLine(original: Language | undefined): HTMLElement {
  return el("p", { class: "state" }, icon("lock"), stateWord("follows", original));
}

/** Whether a row has an open text in any language. */
export function hasOpen(row: Row): boolean {
  return row.lines.some((line) => Object.values(line.cells).some((cell) => isOpen(cell.state)));
}

function statesOf(lines: readonly Line[], code: string): CellState[] {
  return lines.map((line) => line.cells[code]?.state).filter((state) => state !== undefined);
}

/** Of states of one kind, the one with most to say; one name stands for all only if all have it. */
function mostTelling(states: readonly CellState[]): CellState {
  const [first] = states;
  const same = states.every((state) => state.by === first?.by && state.on === first?.on && state.origin === first?.origin && state.percent === first?.percent);
  const gap = states.some((state) => state.gap);
  return { kind: first?.kind ?? "written", ...(same ? first : {}), ...(gap ? { gap } : {}) };
}

function day(date: string): string {
  const time = new Date(date);
  if (date.includes("T") && !Number.isNaN(time.valueOf())) {
    const isToday = time.toDateString() === new Date().toDateString();
    return when(time, isToday ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short", year: "numeric" });
  }
  const moment = new Date(`${date}T12:00:00+08:00`);
  return Number.isNaN(moment.valueOf()) ? date : when(moment, { day: "numeric", month: "short", year: "numeric" });
}
