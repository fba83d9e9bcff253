// Dragging a block by its handle. Keys (Alt+Shift+arrows) and the menu do the same.
import { moveAfter } from "./moving";
import { openDocument } from "./store";

const TYPE = "text/x-ipdocs-block";

/** Let the handles of blocks be dragged. */
export function startDragging(blocks: HTMLElement): void {
  let dragged = "";
  const clear = () => {
    for (const block of blocks.querySelectorAll(".drop-above, .drop-below, .dragged")) block.classList.remove("drop-above", "drop-below", "dragged");
  };
  blocks.addEventListener("dragstart", (event) => {
    const handle = (event.target as Element).closest?.(".handle");
    const block = handle?.closest<HTMLElement>(".block");
    if (!block || !event.dataTransfer) return;
    dragged = block.dataset["row"] ?? "";
    event.dataTransfer.setData(TYPE, dragged);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(block, 0, 0);
    block.classList.add("dragged");
  });
  blocks.addEventListener("dragover", (event) => {
    const target = targetOf(event);
    if (!dragged || !target) return;
    event.preventDefault();
    event.stopPropagation();
    clear();
    target.block.classList.add(target.isAbove ? "drop-above" : "drop-below");
  }, true);
  blocks.addEventListener("drop", (event) => {
    const target = targetOf(event);
    if (!dragged || !target) return;
    event.preventDefault();
    event.stopPropagation();
    const rows = openDocument()?.rows.filter((row) => row.body) ?? [];
    const row = rows.find((other) => other.id === dragged);
    const index = rows.findIndex((other) => other.id === target.block.dataset["row"]);
    const after = target.isAbove ? rows[index - 1] : rows[index];
    clear();
    dragged = "";
    if (row && after?.id !== row.id) moveAfter(row, after?.id ?? null);
  }, true);
  blocks.addEventListener("dragend", () => {
    dragged = "";
    clear();
  });
}

function targetOf(event: DragEvent): { block: HTMLElement; isAbove: boolean } | null {
  const block = (event.target as Element).closest<HTMLElement>(".block");
  const row = openDocument()?.rows.find((other) => other.id === block?.dataset["row"]);
  if (!block || !row?.body) return null;
  const box = block.getBoundingClientRect();
  return { block, isAbove: event.clientY < box.top + box.height / 2 };
}
