// The place below a row where cards stand: findings, memory, a changed original, a conflict, remarks of readers.
import { el } from "./dom";

/** The groups of cards, in the order in which they stand below a row. */
const GROUPS = ["conflict", "split", "empty", "remarks", "findings", "memory", "changed"] as const;
type CardGroup = (typeof GROUPS)[number];

/** The block of a row, or null where the page does not show it. */
export function blockOf(row: string): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>(".blocks > .block")].find((block) => block.dataset["row"] === row) ?? null;
}

/** Put the cards of a group below a row, in place of those that were there; without any cards the place goes. */
export function showCards(row: string, group: CardGroup, cards: HTMLElement[]): void {
  const block = blockOf(row);
  if (!block) return;
  let notes = block.querySelector<HTMLElement>(":scope > .notes");
  if (!notes) {
    if (!cards.length) return;
    notes = el("div", { class: "notes" }, ...GROUPS.map((name) => el("div", { class: "card-group", "data-group": name })));
    block.insertBefore(notes, block.querySelector(":scope > .put"));
  }
  notes.querySelector(`:scope > [data-group="${group}"]`)?.replaceChildren(...cards);
  if (!notes.querySelector(".card")) notes.remove();
}

/** The first button of the first card below a row, which Alt+Enter presses. */
export function firstButton(block: Element): HTMLButtonElement | null {
  return block.querySelector<HTMLButtonElement>(":scope > .notes .card button:not([aria-disabled=true])");
}
