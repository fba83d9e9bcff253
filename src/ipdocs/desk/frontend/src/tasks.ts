// What a document asks for: findings, remarks of readers, what has changed since its approval, and texts that are missing, drafts, open or not confirmed; their number stands in the tab "To do".
import { changedNames, since } from "./approval";
import { sentenceOf } from "./cards";
import { isOpenText } from "./drawing";
import { el } from "./dom";
import { furtherFindings, onFindings, shownFindings } from "./findings";
import { stateDetail } from "./states";
import { openDocument } from "./store";
import type { Cell, DocumentView, Line, Row } from "./types";
import { n } from "./words";

/** A text, or a finding in one, that asks for work. `language` is a code; null for what concerns no language. */
export type Task = { kind: Kind; row: Row | null; line: Line | null; language: string | null; words: string; detail: string; /** Where its link leads, if not to its text. */ address?: string };
export type Kind = "error" | "warning" | "remark" | "approval" | "missing" | "gap" | "changed" | "draft" | "written";

/** All that a document asks for. */
export function tasksOf(view: DocumentView): Task[] {
  return [...findingTasks(view), ...readerTasks(view), ...view.rows.flatMap((row) => row.lines.flatMap((line) => textTasks(view, row, line)))];
}

let isStarted = false;
/** Show in the tab "To do" how much there is to do; a translation that is written and not yet confirmed does not count. */
export function showCount(): void {
  if (!isStarted) onFindings(showCount);
  isStarted = true;
  const view = openDocument();
  const tab = document.querySelector<HTMLElement>('.tabs a[href$="/todo"]');
  if (!view || !tab) return;
  const open = view.rows.flatMap((row) => row.lines.flatMap((line) => kindsOf(view, line))).filter((kind) => kind !== null && kind !== "written");
  const count = shownFindings().length + furtherFindings() + readerTasks(view).length + open.length;
  tab.querySelector(".count")?.remove();
  if (count) tab.append(" ", el("span", { class: "count", role: "img", "aria-label": n(count, "{n} to do", "{n} to do") }, String(count)));
}

function kindsOf(view: DocumentView, line: Line): (Kind | null)[] {
  const original = originalOf(view, line);
  return Object.values(line.cells).map((cell) => kindOf(cell, original));
}

function findingTasks(view: DocumentView): Task[] {
  return shownFindings().map((finding) => {
    const row = view.rows.find(({ id }) => id === finding.row) ?? null;
    const line = row?.lines.find(({ cells }) => Object.values(cells).some(({ place }) => place === finding.place)) ?? null;
    const origin = view.languages.find(({ code }) => code === finding.lang)?.derived_from;
    return { kind: finding.severity, row, line, language: origin ?? finding.lang, words: sentenceOf(finding), detail: "" };
  });
}

/** What approvers have remarked, and what has changed since somebody approved. */
function readerTasks(view: DocumentView): Task[] {
  const rowOf = (id: string) => view.rows.find((row) => row.id === id) ?? null;
  const linkTo = (row: Row | null) => (row ? `/d/${view.document}?row=${encodeURIComponent(row.id)}` : `/d/${view.document}/approve`);
  const remarks = view.remarks.filter(({ settled_by }) => !settled_by).map((remark): Task => {
    const row = rowOf(remark.row);
    return { kind: "remark", row, line: null, language: remark.lang, words: shortened(remark.text), detail: since(remark), address: linkTo(row) };
  });
  const changes = changedNames(view).map(({ id, name }): Task => {
    const row = rowOf(id);
    return { kind: "approval", row, line: null, language: null, words: row ? "" : name, detail: "", address: linkTo(row) };
  });
  return [...remarks, ...changes];
}

function textTasks(view: DocumentView, row: Row, line: Line): Task[] {
  const original = originalOf(view, line);
  return Object.values(line.cells).flatMap((cell) => {
    const kind = kindOf(cell, original);
    return kind ? [{ kind, row, line, language: cell.lang, words: shortened(wordsOf(original && original.text ? original : cell)), detail: kind === "written" || kind === "missing" ? "" : stateDetail(cell.state) }] : [];
  });
}

/** What a text asks for; a text in its first language asks for nothing once it is written. */
function kindOf(cell: Cell, original: Cell | undefined): Kind | null {
  const { kind, gap } = cell.state;
  if (kind === "missing") return "missing";
  if (kind === "draft" || kind === "changed") return gap ? "gap" : kind;
  if (gap) return "gap";
  return kind === "written" && original && cell !== original ? "written" : null;
}

/** The text in the first language of its line, of which the others are translations. */
export function originalOf(view: DocumentView, line: Line): Cell | undefined {
  return view.languages.map(({ code }) => line.cells[code]).find((cell) => cell && !isOpenText(cell.text));
}

/** The words of a text as they are shown, without marks. */
function wordsOf(cell: Cell): string {
  const text = cell.text ?? "";
  let words = "";
  for (let at = 0; at < text.length; at += 1) {
    const atom = cell.spans.find((span) => span.start === at && span.inner_start === span.inner_end);
    if (atom) {
      words += atom.kind === "note" ? "" : atom.kind === "break" ? " " : atom.shown ?? "";
      at = atom.end - 1;
    } else if (!cell.spans.some((span) => span.start <= at && at < span.end && (at < span.inner_start || at >= span.inner_end))) words += text[at];
  }
  return words;
}

function shortened(words: string): string {
  return words.length > 90 ? `${words.slice(0, 90).replace(/\s\S*$/, "")}…` : words;
}
