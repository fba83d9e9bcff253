// Structure on the Write page: the menus of a block, what keys do at the edges of a text, and steps with their words.
import { openCell, setCellHooks, type Caret } from "./cell";
import { openMenu } from "./dialog";
import { el, icon } from "./dom";
import { startDragging } from "./dragging";
import { backspace, deleteAtEnd, enter, footnote } from "./edges";
import { startGrid } from "./grid";
import { bindKeys } from "./keys";
import { blockMenu, insertMenu } from "./menus";
import { moveBy } from "./moving";
import { blockOf } from "./card-groups";
import { pasteWords } from "./paste";
import { dropFiles } from "./put-picture";
import { onChange, openDocument } from "./store";
import { t } from "./words";
import { standing } from "./standing";

let isStarted = false;

/** Let the blocks of a document be put in, moved, changed and removed; called when the Write page is drawn. */
export function startStructure(blocks: HTMLElement): void {
  blocks.addEventListener("click", (event) => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>(".block")?.dataset["row"] ?? "";
    const put = target.closest<HTMLElement>(".put");
    const handle = target.closest<HTMLElement>(".handle");
    if (put) openMenu(put, t("Put in"), insertMenu(row));
    else if (handle) showBlockMenu(row);
  });
  startDragging(blocks);
  startGrid(blocks);
  showFirstButton(blocks);
  onChange(() => showFirstButton(blocks));
  if (isStarted) return;
  isStarted = true;
  setCellHooks({ enter, backspaceAtStart: backspace, deleteAtEnd, footnote, paste: pasteWords, drop: dropFiles });
  bindKeys(
    { keys: "F2", does: "Menu of the block", act: openMenuHere },
    { keys: "Alt+Shift+Up", does: "Move the block or item up", act: () => moveBy(-1) },
    { keys: "Alt+Shift+Down", does: "Move the block or item down", act: () => moveBy(1) },
    { keys: "Alt+Shift+Right", does: "Make the item one of the item above it", act: () => moveBy(1, "level") },
    { keys: "Alt+Shift+Left", does: "Move the item one level out", act: () => moveBy(-1, "level") },
  );
}

function openMenuHere(): boolean {
  const block = document.activeElement?.closest<HTMLElement>(".block");
  if (!block || !openDocument() || openDocument()?.read_only) return false;
  showBlockMenu(block.dataset["row"] ?? "");
  return true;
}

function showBlockMenu(id: string): void {
  const row = openDocument()?.rows.find((other) => other.id === id);
  const block = blockOf(id);
  if (!row || !block) return;
  const here = standing();
  const anchor = block.querySelector<HTMLElement>(".handle") ?? block.querySelector<HTMLElement>("h3") ?? block;
  const back: Caret = here?.at ?? "start";
  const spot = here && here.row.id === id ? here : null;
  openMenu(anchor, t("Menu of the block"), blockMenu(row, spot), spot ? () => openCell(spot.place, spot.lang, back) : undefined);
}

/** A document without blocks has a button for the first one. */
function showFirstButton(blocks: HTMLElement): void {
  const view = openDocument();
  if (!view || !blocks.isConnected && blocks.childElementCount) return;
  blocks.querySelector(".first-block")?.remove();
  if (view.read_only || view.rows.some((row) => row.body)) return;
  const button: HTMLElement = el("button", { class: "button", type: "button", onclick: () => openMenu(button, t("Put in"), insertMenu(null)) }, icon("plus"), t("Put the first block in"));
  blocks.append(el("li", { class: "first-block" }, button));
}
