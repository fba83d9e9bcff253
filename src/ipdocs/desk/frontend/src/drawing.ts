// Draws the words of a cell that nobody writes in at the moment: the same elements as a field has.
import { chipElement, openWords } from "./chip-element";
import { el } from "./dom";
import { FORMAT_TAGS, hiddenOf, isChip, isPaired, type Written } from "./markup";
import { markAttributes, type FindingMark } from "./finding-marks";
import type { Span } from "./types";

/** The nodes that show a text, with its findings marked; an empty or open text shows grey words. */
export function drawWords({ text, spans }: Written, grey: string, marks: readonly FindingMark[] = []): Node[] {
  if (isOpenText(text)) return [openWords(grey)];
  const hidden = hiddenOf(spans);
  const paired = spans.filter((span) => isPaired(span.kind) && span.inner_end > span.inner_start);
  const cuts = new Set([0, text.length]);
  for (const range of hidden) cuts.add(range.from).add(range.to);
  for (const span of paired) cuts.add(span.inner_start).add(span.inner_end);
  for (const mark of marks) cuts.add(mark.from).add(mark.to);
  const places = [...cuts].filter((place) => place <= text.length).sort((a, b) => a - b);
  const top: Node[] = [];
  let open: { span: Span; element: HTMLElement }[] = [];
  places.slice(0, -1).forEach((from, index) => {
    const to = places[index + 1]!;
    const range = hidden.find((candidate) => candidate.from <= from && to <= candidate.to);
    const around = paired.filter((span) => span.inner_start <= from && to <= span.inner_end);
    const same = open.findIndex(({ span }, depth) => span !== around[depth]);
    if (same >= 0) open = open.slice(0, same);
    for (const span of around.slice(open.length)) {
      const element = enclosing(span);
      append(top, open, element);
      open.push({ span, element });
    }
    const mark = marks.find((candidate) => candidate.from <= from && to <= candidate.to);
    const marked = (node: Node) => (mark ? el("span", { ...markAttributes(mark), "data-number": mark.to === to ? mark.number : null }, node) : node);
    if (range) {
      if (range.role === "whole" && isChip(range.span.kind) && range.from === from) append(top, open, marked(chipElement(range.span)));
    } else for (const [line, words] of text.slice(from, to).split("\n").entries()) {
      if (line) append(top, open, el("br"));
      if (words) append(top, open, marked(document.createTextNode(words)));
    }
  });
  return top;
}

/** Whether a text has no words yet. */
export function isOpenText(text: string | null): boolean {
  return !text || /^⟦(…|\.\.\.)?⟧$/.test(text);
}

function enclosing(span: Span): HTMLElement {
  if (span.kind === "link") return el("span", { class: "link", title: span.target ?? "" });
  const tag = FORMAT_TAGS[span.kind];
  return tag ? el(tag) : el("span", { class: span.kind });
}

function append(top: Node[], open: { element: HTMLElement }[], node: Node): void {
  const innermost = open.at(-1);
  if (innermost) innermost.element.append(node);
  else top.push(node);
}
