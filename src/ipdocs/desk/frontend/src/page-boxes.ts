// Where the rows stand on the pages: what to frame for the caret, and which text a click is on.
import type { DocumentView, PlacedRow, Places, Row } from "./types";

type Box = { x: number; y: number; w: number; h: number };

/** The boxes to frame for a row: in all languages where they stand side by side, else in the language of the caret. */
export function boxesToFrame(places: Places, row: string, lang: string, layout: string): PlacedRow[] {
  const all = places.boxes.filter((box) => box.row === row && !box.note && (box.piece === null || !places.boxes.some((other) => other.row === row && other.piece === null)));
  const own = all.filter((box) => box.lang === lang);
  if (layout === "sequential" && own.length) return own;
  return [...own, ...all.filter((box) => box.lang !== lang)];
}

/** The smallest box around others; null for none. */
export function unionOf(boxes: Box[]): Box | null {
  if (!boxes.length) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.w));
  const bottom = Math.max(...boxes.map((box) => box.y + box.h));
  return { x, y, w: right - x, h: bottom - y };
}

/** The cell that a point of a page shows: the text of the smallest box around it, in a language that is written. */
export function clickedCell(places: Places, view: DocumentView, page: number, x: number, y: number): { place: string; lang: string } | null {
  const around = places.boxes.filter((box) => box.page === page && box.x <= x && x <= box.x + box.w && box.y <= y && y <= box.y + box.h);
  const smallest = around.sort((one, other) => one.w * one.h - other.w * other.h)[0];
  const row = smallest && view.rows.find(({ id }) => id === smallest.row);
  if (!smallest || !row) return null;
  const lang = view.languages.find(({ code }) => code === smallest.lang)?.derived_from ?? smallest.lang;
  const place = placeOf(row, smallest, places);
  return place === null ? null : { place, lang };
}

/** The place of the text that a box shows. */
function placeOf(row: Row, box: PlacedRow, places: Places): string | null {
  const lines = row.lines.filter((line) => line.role !== "alt");
  const pieces = new Set(places.boxes.filter((other) => other.row === row.id && other.lang === box.lang && other.piece !== null).map(({ piece }) => piece));
  const outer = lines.filter((line) => line.role !== "intro" || line.level <= 1); // the introduction of an inner list is in the text of its item
  const fitting = [lines, outer].find((candidate) => candidate.length === pieces.size);
  return (box.piece === null ? undefined : fitting?.[box.piece]?.place) ?? lines[0]?.place ?? null;
}
