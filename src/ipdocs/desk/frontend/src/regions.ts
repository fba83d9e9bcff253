// F6: from one part of the page to the next: words, page, facts, head. Escape goes back to the words.
import { bindKeys } from "./keys";

const PARTS = ["#main", "#panel-page", "#panel-facts", "header.bar"];
const CONTROLS = "a[href], button, input, select, textarea, [tabindex='0'], .cm-content";
/** The element of each part that had the focus last. */
const last = new Map<string, HTMLElement>();

/** Bind the keys; called once. */
export function startRegions(): void {
  document.addEventListener("focusin", ({ target }) => {
    const part = PARTS.find((selector) => (target as Element).closest(selector));
    if (part && !(part === "#main" && (target as Element).closest(".notes"))) last.set(part, target as HTMLElement);
  });
  bindKeys(
    { keys: "F6", does: "Next part: words, page, facts, head", act: () => toPart(1) },
    { keys: "Ctrl+F6", does: "Next part: words, page, facts, head", act: () => toPart(1) },
    { keys: "Shift+F6", does: "Previous part", act: () => toPart(-1) },
    { keys: "Ctrl+Shift+F6", does: "Previous part", act: () => toPart(-1) },
    { keys: "Escape", does: "Close a card or menu, and go back to the words", act: toWords },
  );
}

function toPart(by: 1 | -1): boolean {
  if (document.querySelector("dialog[open]")) return false;
  const parts = PARTS.filter((selector) => control(selector));
  const here = parts.findIndex((selector) => document.activeElement?.closest(selector));
  const next = parts[(here + by + parts.length + (here < 0 && by < 0 ? 1 : 0)) % parts.length];
  if (next) show(control(next));
  return next !== undefined;
}

/** From a card, the page, the facts or the head back to where the caret was. */
function toWords(): boolean {
  const words = last.get("#main");
  if (!words?.closest("[data-place]") || !document.activeElement?.closest(".notes, .aside, header.bar")) return false;
  show(control("#main"));
  return true;
}

/** Where the focus goes in a part: where it was, or its first control; none where the part is not shown. */
function control(selector: string): HTMLElement | null {
  const part = document.querySelector<HTMLElement>(selector);
  const known = last.get(selector);
  if (known && part?.contains(known) && isShown(known)) return known;
  return [...(part?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])].find((element) => isShown(element) && element.tabIndex >= 0) ?? null;
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

function show(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest" });
}
