// Tables: arrows move at the edges of a cell, and the menu adds, removes and joins.
import { focusedField, openCell } from "./cell";
import type { MenuItem } from "./dialog";
import { isForInputMethod } from "./ime";
import type { Line, TableAction } from "./types";
import { run, standing, type Standing } from "./standing";
import { t } from "./words";

/** Let arrows leave the cells of tables at their edges. */
export function startGrid(blocks: HTMLElement): void {
  blocks.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.shiftKey || event.metaKey || isForInputMethod(event)) return;
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const here = by && standing();
    if (!by || !here || here.line.row === undefined || !isAtEdge(here, event.key)) return;
    const target = cellAt(here, by[0] ?? 0, by[1] ?? 0);
    const cell = target?.cells[here.lang];
    if (!cell) return;
    event.preventDefault();
    event.stopPropagation();
    openCell(cell.place, here.lang, event.key === "ArrowLeft" ? "end" : "start");
  }, true);
}

function isAtEdge(here: Standing, key: string): boolean {
  const view = focusedField()?.view;
  if (!view || !view.state.selection.main.empty) return false;
  if (key === "ArrowLeft") return here.at === 0;
  if (key === "ArrowRight") return here.at === here.text.length;
  const { main } = view.state.selection;
  const moved = view.moveVertically(main, key === "ArrowDown");
  const [from, to] = [view.coordsAtPos(main.head), view.coordsAtPos(moved.head)];
  return !from || !to || Math.abs(from.top - to.top) < 2;
}

/** The cell beside another one, or null outside the table. */
function cellAt({ row, line }: Standing, down: number, right: number): Line | null {
  const top = line.row ?? 0;
  const left = line.column ?? 0;
  const targetRow = down > 0 ? top + (line.rowspan ?? 1) : top + down;
  const targetColumn = right > 0 ? left + (line.colspan ?? 1) : left + right;
  const covers = (other: Line): boolean => {
    const [otherRow, otherColumn] = [other.row ?? -1, other.column ?? -1];
    return otherRow <= targetRow && targetRow < otherRow + (other.rowspan ?? 1) && otherColumn <= targetColumn && targetColumn < otherColumn + (other.colspan ?? 1);
  };
  return row.lines.find((other) => other.row !== undefined && covers(other)) ?? null;
}

/** What may be done at a cell of a table. */
export function tableItems(here: Standing): MenuItem[] {
  if (here.line.row === undefined) return [];
  const { place, lang } = here;
  const isHead = here.line.role === "head";
  const act = (action: TableAction, to?: string) => () => void run([{ type: "table", place, action, ...(to === undefined ? {} : { to }) }], () => (action.endsWith("delete") ? null : { place, lang }));
  const right = cellAt(here, 0, 1);
  const below = isHead ? null : cellAt(here, 1, 0);
  const isJoined = (here.line.colspan ?? 1) > 1 || (here.line.rowspan ?? 1) > 1;
  return [
    ...(isHead ? [] : [{ label: t("Row above"), act: act("row-before") }]),
    { label: t("Row below"), act: act("row-after") },
    { label: t("Column before"), act: act("column-before") },
    { label: t("Column after"), act: act("column-after") },
    ...(right ? [{ label: t("Join with the cell after it"), act: act("join", right.place) }] : []),
    ...(below ? [{ label: t("Join with the cell below"), act: act("join", below.place) }] : []),
    ...(isJoined ? [{ label: t("Separate the joined cell"), act: act("separate") }] : []),
    { label: isHead ? t("Delete the head") : t("Delete the row"), act: act("row-delete") },
    { label: t("Delete the column"), act: act("column-delete") },
    "line",
  ];
}
