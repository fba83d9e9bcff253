// Pictures: chosen or dropped, sent to the desk, which cleans them, and put in by a step.
import { call, documentPath, Refused } from "./api";
import type { Spot } from "./cell";
import { note } from "./dialog";
import { el } from "./dom";
import { say } from "./say";
import { openDocument, theDocument } from "./store";
import { firstCell, languageHere, newRow, orderNow, reason, run, standingAt } from "./standing";
import { t } from "./words";

type Received = { file: string; width: number; height: number; losses: string[] };

/** Ask for the file of a picture, and put it in after a row. */
export function choosePicture(after: string | null): void {
  const input = el("input", { type: "file", accept: "image/*", hidden: true });
  input.addEventListener("change", () => {
    input.remove();
    void putPictures(after, [...(input.files ?? [])]);
  });
  document.body.append(input);
  input.click();
}

/** Let files be dropped anywhere on a block; one that is dropped elsewhere does not take the page away. Called once. */
export function startFileDrop(): void {
  const rowAt = (event: DragEvent) => (openDocument()?.read_only ? undefined : (event.target as Element).closest<HTMLElement>(".blocks > .block")?.dataset["row"]);
  document.addEventListener("dragover", (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (rowAt(event) === undefined) event.dataTransfer.dropEffect = "none";
  });
  document.addEventListener("drop", (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const row = rowAt(event);
    if (row !== undefined && openDocument()) void putPictures(row, [...event.dataTransfer.files]);
  });
}

/** Files dropped on a text: pictures go in after its block. */
export function dropFiles(event: DragEvent, spot: Spot): boolean {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!files.length) return false;
  event.preventDefault();
  void putPictures(standingAt(spot)?.row.id ?? null, files);
  return true;
}

/** Put pictures in after a row; their words for people who cannot see them are open texts. */
export async function putPictures(after: string | null, files: File[]): Promise<void> {
  let last = after;
  const lang = languageHere();
  for (const file of files) {
    const received = await send(file);
    if (!received) return;
    const before = orderNow();
    const patch = await run([{ type: "insert", after: last, kind: "figure", value: { file: received.file } }], (made) => firstCell(newRow(made, before), lang));
    if (!patch) return;
    last = newRow(patch, before)?.id ?? last;
    say(t("The picture is in. Please describe it for people who cannot see it."));
  }
}

async function send(file: File): Promise<Received | null> {
  const form = new FormData();
  form.append("file", file, file.name);
  try {
    return await call<Received>("POST", documentPath(theDocument().document, "/picture"), form);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note(reason(error));
    return null;
  }
}
