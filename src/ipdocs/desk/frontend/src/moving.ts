// Moves of blocks and items: keys, the dialog "Move to…", and what is said.
import { openDialog } from "./dialog";
import { el, freshId } from "./dom";
import { say } from "./say";
import type { Row } from "./types";
import { bodyRows, entriesOf, entryOf, run, standing, type Standing } from "./standing";
import { openDocument } from "./store";
import { m, t } from "./words";

/** Move the item or block of the caret up or down, or the item one level in or out; returns whether there is one. */
export function moveBy(by: 1 | -1, what: "place" | "level" = "place"): boolean {
  const here = standing();
  const row = here?.row ?? rowOfFocus();
  if (!row?.body || openDocument()?.read_only) return false;
  const entry = here && (row.kind === "list" || row.kind === "quotation" || row.kind === "definitions") ? entryOf(here.place) : null;
  if (what === "level") {
    if (!here || !entry || row.kind !== "list") return false;
    const { text } = here;
    void run([{ type: "level", place: here.place, by }], () => samePlace(here, text));
    say(by > 0 ? t("One level in") : t("One level out"));
    return true;
  }
  const entries = entry ? entriesOf(row, entry.list) : [];
  const index = entry ? entry.index + by : 0;
  if (here && entry && entries.length > 1 && index >= 0 && index < entries.length) {
    const place = `${entry.list}.${index}${here.place.slice(`${entry.list}.${entry.index}`.length)}`;
    void run([{ type: "move-item", place: here.place, index }], () => ({ place, lang: here.lang, at: here.at }));
    say(t("Moved"));
  } else if (!entry || entries.length <= 1 || row.lines.length === 0) moveRow(row, by, here);
  return true;
}

/** Move a block one place up or down. */
export function moveRow(row: Row, by: 1 | -1, here: Standing | null = null): void {
  const rows = bodyRows();
  const index = rows.findIndex((other) => other.id === row.id);
  const after = by < 0 ? rows[index - 2] : rows[index + 1];
  if (by < 0 ? index === 0 : !after) return;
  moveAfter(row, after?.id ?? null, here);
}

/** Move a block after another one; null: to the beginning. */
export function moveAfter(row: Row, after: string | null, here: Standing | null = null): void {
  void run([{ type: "move", row: row.id, after }], () => (here ? { place: here.place, lang: here.lang, at: here.at } : null)).then((patch) => patch && say(t("Moved {name}", { name: m(row.name) })));
}

/** Ask where a block is to go. */
export function askWhere(row: Row): void {
  const rows = bodyRows().filter((other) => other.id !== row.id);
  const id = freshId("where");
  const choice = el("select", { id },
    el("option", { value: "" }, t("At the beginning")),
    ...rows.map((other) => el("option", { value: other.id }, t("After {name}", { name: m(other.name) }))));
  const move = (event: SubmitEvent) => {
    event.preventDefault();
    dialog.close();
    moveAfter(row, choice.value || null);
  };
  const form = el("form", { onsubmit: move }, el("p", {}, el("label", { for: id }, t("Place")), " ", choice),
    el("div", { class: "acts" }, el("button", { class: "button first" }, t("Move")), el("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("Cancel"))));
  const dialog = openDialog(t("Move {name}", { name: m(row.name) }), [form]);
  choice.focus();
}

/** Where the words of the caret stand after their item has moved. */
function samePlace(here: Standing, text: string): { place: string; lang: string; at: number } | null {
  const row = openDocument()?.rows.find((other) => other.id === here.row.id);
  const lines = row?.lines.filter((line) => (line.cells[here.lang]?.text ?? "").trimEnd() === text.trimEnd()) ?? [];
  const position = here.row.lines.indexOf(here.line);
  const line = lines.sort((a, b) => Math.abs((row?.lines.indexOf(a) ?? 0) - position) - Math.abs((row?.lines.indexOf(b) ?? 0) - position))[0];
  const cell = line?.cells[here.lang];
  return cell ? { place: cell.place, lang: here.lang, at: here.at } : null;
}

function rowOfFocus(): Row | undefined {
  const id = document.activeElement?.closest<HTMLElement>(".block")?.dataset["row"];
  return openDocument()?.rows.find((row) => row.id === id);
}
