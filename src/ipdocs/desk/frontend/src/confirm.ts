// Confirming translations: with the name of who read them, and on to the next open text.
import { call, Refused } from "./api";
import { focusedField, focusedSpot, openCell } from "./cell";
import { note, openDialog } from "./dialog";
import { el, freshId } from "./dom";
import { bindKeys } from "./keys";
import { say } from "./say";
import { isOpen } from "./states";
import { step, theDocument } from "./store";
import type { Cell, DeskInfo, Row } from "./types";
import { t } from "./words";

/** Bind Ctrl+Enter. */
export function startConfirming(): void {
  bindKeys({ keys: "Ctrl+Enter", does: "Confirm, and go to the next open text", act: () => (void confirmHere(), true) });
}

async function confirmHere(): Promise<void> {
  const spot = focusedSpot();
  const row = spot && rowOf(spot.place);
  if (!spot || !row || theDocument().read_only) return;
  if (!isOriginal(row, spot.lang) && !(await confirmText(row, spot.place, spot.lang))) return;
  goToNextOpen(spot.place, spot.lang);
}

/** Confirm a text of a row; returns whether that was possible. A gap is shown instead. */
export async function confirmText(row: Row, place: string, lang: string): Promise<boolean> {
  const by = await theName();
  if (!by) return false;
  try {
    await step([{ type: "confirm", row: row.id, lang, by, place }]);
    say(t("Confirmed"));
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const open = whatIsOpen(row, lang);
    note(open ? t("It cannot be confirmed yet: a part is still to be written.") : error.message);
    if (open) showGap(open);
    return false;
  }
}

/** Why a text cannot be confirmed, or "". */
export function hindrance(cell: Cell): string {
  return cell.state.kind === "missing" ? t("It is not written yet") : cell.state.gap ? t("A gap is still open") : "";
}

/** The language of a row that its others are translated from: the first that has words. */
export function originalLanguage(row: Row): string | undefined {
  const [line] = row.lines;
  return theDocument().languages.find(({ code, derived_from }) => !derived_from && line?.cells[code] && line.cells[code]?.text !== null)?.code;
}

export function rowOf(place: string): Row | undefined {
  return theDocument().rows.find((row) => row.lines.some((line) => line.place === place));
}

function isOriginal(row: Row, lang: string): boolean {
  return originalLanguage(row) === lang;
}

function whatIsOpen(row: Row, lang: string): Cell | undefined {
  const cells = (theDocument().rows.find(({ id }) => id === row.id)?.lines ?? []).map((line) => line.cells[lang]).filter((cell) => cell !== undefined);
  return cells.find((cell) => cell.state.gap) ?? cells.find((cell) => cell.state.kind === "missing");
}

/** Put the caret into a text, and select its first gap. */
function showGap(cell: Cell): void {
  const gap = cell.spans.find((span) => span.kind === "gap");
  if (!openCell(cell.place, cell.lang, gap?.inner_start ?? "start") || !gap) return;
  focusedField()?.view.dispatch({ selection: { anchor: gap.inner_start, head: gap.inner_end }, scrollIntoView: true });
}

/** Go to the next text of a language that is open, from a place on and then from the beginning. */
function goToNextOpen(place: string, lang: string): void {
  const lines = theDocument().rows.flatMap((row) => row.lines);
  const at = lines.findIndex((line) => line.place === place);
  const next = [...lines.slice(at + 1), ...lines.slice(0, at)].map((line) => line.cells[lang]).find((cell) => cell && isOpen(cell.state));
  if (next) showGap(next);
  else note(t("Nothing is open in this language any more."));
}

let known = "";

/** Take another name from now on: the one that the settings of the desk have now. */
export function useName(name: string): void {
  known = name;
}

/** The name that confirmations and approvals have; asks for it the first time. Resolves to "" if none is given. */
export async function theName(heading = t("Who confirms?"), button = t("Confirm"), help = t("It stands beside the texts that you confirm. This computer keeps it.")): Promise<string> {
  known ||= (await call<DeskInfo>("GET", "/desk")).name;
  if (known) return known;
  return new Promise((resolve) => {
    const id = freshId("name");
    const input = el("input", { id, autocomplete: "name", required: true, maxlength: 100 });
    const keep = async (event: Event) => {
      event.preventDefault();
      known = input.value.trim();
      dialog.close();
      await call("POST", "/desk/settings", { name: known });
    };
    const form = el("form", { class: "form", onsubmit: (event: Event) => void keep(event) },
      el("label", { for: id }, t("Your name")), input, el("p", { class: "help" }, help),
      el("div", { class: "acts" }, el("button", { class: "button first" }, button), el("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("Cancel"))));
    const dialog = openDialog(heading, [form], () => resolve(known));
    input.focus();
  });
}
