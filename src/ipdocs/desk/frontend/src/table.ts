// Draws the cells of a table in one language.
import { el } from "./dom";
import type { Language, Line, Row } from "./types";
import { m } from "./words";

/** Draw a table; `draw` draws the words of a cell. */
export function drawTable(row: Row, language: Language, draw: (line: Line) => HTMLElement | null): HTMLElement {
  const byRow = new Map<number, Line[]>();
  for (const line of row.lines) if (line.row !== undefined) byRow.set(line.row, [...(byRow.get(line.row) ?? []), line]);
  const rows = [...byRow].sort(([a], [b]) => a - b).map(([, lines]) => el("tr", {}, lines.map((line) => cellOf(line, draw(line)))));
  return el("div", { class: "scroll", tabindex: -1 }, el("table", { class: "grid", lang: language.tag, "aria-label": m(row.name) }, el("tbody", {}, rows)));
}

function cellOf(line: Line, words: HTMLElement | null): HTMLElement {
  const spans = { colspan: line.colspan && line.colspan > 1 ? line.colspan : null, rowspan: line.rowspan && line.rowspan > 1 ? line.rowspan : null };
  return line.role === "head" ? el("th", { scope: "col", ...spans }, words) : el("td", spans, words);
}
