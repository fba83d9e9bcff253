// How a chip and an empty text look; the same in a field and in a cell that is only drawn.
import { el } from "./dom";
import type { Span } from "./types";

/** The element of a fact or of a note's number. */
export function chipElement(span: Span): HTMLElement {
  if (span.kind === "note") return el("sup", { class: "chip of-note", "data-note": span.name ?? "" }, span.shown ?? "*");
  const words = span.shown ?? "";
  const isMissing = words === "";
  return el("span", { class: `chip${widthOf(words) > 14 ? " long" : ""}${isMissing ? " unknown" : ""}`, "data-fact": span.name ?? "" }, isMissing ? span.name ?? "?" : words);
}

/** Grey words in an empty text. */
export function openWords(words: string): HTMLElement {
  return el("span", { class: "open-words", "aria-hidden": "true" }, words);
}

/** About how wide words are, in Latin letters: Chinese characters count as two. */
function widthOf(words: string): number {
  return [...words].reduce((width, character) => width + (character > "\u2e7f" ? 2 : 1), 0);
}
