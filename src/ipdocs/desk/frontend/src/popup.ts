// A small box at the words: it takes the focus, Escape gives it back, and a press elsewhere closes it.
import { el, freshId, type Child } from "./dom";

type Popup = { element: HTMLElement; close: (giveBack?: boolean) => void };
export type Anchor = { left: number; top: number; bottom: number };

let open: Popup | null = null;

/** Open a box below a spot of the window, or above it where there is no room; `giveBack` is called when it is left by a key. */
export function openPopup(heading: string, spot: Anchor, content: Child[], giveBack: () => void): Popup {
  open?.close(false);
  const id = freshId("popup");
  const element = el("div", { class: "popup", role: "dialog", "aria-labelledby": id }, el("h2", { id }, heading), ...content);
  const close = (back = true) => {
    if (open?.element !== element) return;
    open = null;
    element.remove();
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", stayInside);
    if (back) giveBack();
  };
  const outside = (event: Event) => {
    if (!element.contains(event.target as Node)) close(false);
  };
  const stayInside = () => place(element, spot);
  element.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key === "Tab") keepInside(element, event);
    else return;
    event.stopPropagation();
    if (event.key === "Escape") event.preventDefault();
  });
  document.body.append(element);
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", stayInside);
  open = { element, close };
  place(element, spot);
  element.querySelector<HTMLElement>("[data-first]")?.focus();
  return open;
}

/** Where a caret of a field stands in the window. */
export function anchorAt(box: { left: number; top: number; bottom: number } | null): Anchor {
  return box ?? { left: innerWidth / 3, top: innerHeight / 3, bottom: innerHeight / 3 };
}

function place(element: HTMLElement, spot: Anchor): void {
  const left = Math.max(8, Math.min(spot.left, innerWidth - element.offsetWidth - 8));
  const isBelow = spot.bottom + 6 + element.offsetHeight < innerHeight || spot.top < element.offsetHeight + 6;
  const top = isBelow ? spot.bottom + 6 : spot.top - element.offsetHeight - 6;
  element.style.setProperty("left", `${left + scrollX}px`);
  element.style.setProperty("top", `${Math.max(8, Math.min(top, Math.max(8, innerHeight - element.offsetHeight - 8))) + scrollY}px`);
}

function keepInside(element: HTMLElement, event: KeyboardEvent): void {
  const parts = [...element.querySelectorAll<HTMLElement>("button:not([tabindex='-1']), input, select")].filter((part) => part.offsetParent !== null);
  const [first, last] = [parts[0], parts.at(-1)];
  const at = document.activeElement;
  if (event.shiftKey ? at === first : at === last) {
    (event.shiftKey ? last : first)?.focus();
    event.preventDefault();
  }
}
