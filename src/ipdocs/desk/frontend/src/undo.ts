// Undo and redo: first what was typed in the cell and not sent, then the steps of the document's history.
import { Refused, Unreachable } from "./api";
import { takeBack } from "./cell";
import { note } from "./dialog";
import { say } from "./say";
import { undo as undoStep } from "./store";
import { m, t, told } from "./words";

/** Take back the last thing that was done, and say what it was. */
export async function undo(): Promise<void> {
  if (!takeBack()) await travel(false);
}

/** Do again what was taken back last. */
export async function redo(): Promise<void> {
  await travel(true);
}

async function travel(again: boolean): Promise<void> {
  try {
    const { label } = await undoStep(again);
    if (label) say(again ? t("Done again: {what}", { what: m(label) }) : t("Taken back: {what}", { what: m(label) }));
  } catch (error) {
    if (error instanceof Unreachable) return note(t("The desk has stopped: nothing was taken back."));
    if (!(error instanceof Refused)) throw error;
    const { changed_since: changed, nothing, findings, read_only: readOnly } = error.failure;
    if (nothing) say(nothing === "undo" ? t("There is nothing to take back.") : t("There is nothing to do again."));
    else if (changed) note(t("This was not taken back, because others have changed the place since: {what}", { what: m(changed) }));
    else if (readOnly) note(t("Read only: {reason}", { reason: m(readOnly) }));
    else note(findings?.[0] ? told(findings[0]) : t("The document has changed. Please try again."));
  }
}
