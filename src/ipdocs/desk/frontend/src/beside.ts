// Puts a bar or card beside words, inside the main part of the page.
import type { EditorView } from "@codemirror/view";

type Box = { left: number; top: number; bottom: number };

/** Put an element above or below words of a field; on the other side where there is no room. It follows them when the window changes. */
export function putBeside(element: HTMLElement, view: EditorView, from: number, to: number, side: "above" | "below"): void {
  (view.dom.closest<HTMLElement>("main") ?? document.body).append(element);
  const place = () => {
    if (!element.isConnected || !view.dom.isConnected) return removeEventListener("resize", place);
    const first = view.coordsAtPos(from, 1) ?? view.dom.getBoundingClientRect();
    const last = view.coordsAtPos(to, -1) ?? first;
    putAt(element, { left: first.left, top: first.top, bottom: side === "above" ? last.bottom : first.bottom }, side);
  };
  place();
  addEventListener("resize", place);
}

function putAt(element: HTMLElement, box: Box, side: "above" | "below"): void {
  const { offsetHeight: height, offsetWidth: width } = element;
  const head = document.querySelector(".heads")?.getBoundingClientRect().bottom ?? 0;
  const hasRoomAbove = box.top - height - 6 > Math.max(0, head);
  const isAbove = side === "above" ? hasRoomAbove : box.bottom + 6 + height > innerHeight && hasRoomAbove;
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
  const origin = element.offsetParent?.getBoundingClientRect() ?? { left: -scrollX, top: -scrollY };
  element.style.setProperty("top", `${(isAbove ? box.top - height - 6 : box.bottom + 6) - origin.top}px`);
  element.style.setProperty("left", `${left - origin.left}px`);
}
