// Elements, made without any HTML text: Trusted Types forbids innerHTML.

export type Child = Node | string | number | null | undefined | false;
type Handler = (event: never) => void;
type Props = Record<string, string | number | boolean | null | undefined | Handler>;

/** Make an element. A prop that begins with "on" is a listener ("onclick"); true is an empty attribute; false and null are none. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: (Child | Child[])[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setProps(element, props);
  element.append(...children.flat().filter(isShown).map(asNode));
  return element;
}

/** One of the signs of the interface, hidden from screen readers: the words beside it say the same. */
export function icon(name: IconName, extra = ""): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", extra ? `i ${extra}` : "i");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("viewBox", "0 0 16 16");
  for (const attributes of ICONS[name]) {
    const shape = document.createElementNS(SVG, "r" in attributes ? "circle" : "path");
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}

/** Put children in place of all that an element has. */
export function fill(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren(...children.flat().filter(isShown).map(asNode));
}

/** Words that only screen readers read. */
export function unseen(text: string): HTMLElement {
  return el("span", { class: "unseen" }, text);
}

let lastId = 0;
/** An id that no other element of the page has. */
export function freshId(prefix = "e"): string {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

function setProps(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as unknown as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

function isShown(child: Child): child is Node | string | number {
  return child !== null && child !== undefined && child !== false;
}

function asNode(child: Node | string | number): Node | string {
  return child instanceof Node ? child : String(child);
}

const SVG = "http://www.w3.org/2000/svg";
const CIRCLE = { cx: "8", cy: "8", r: "6.5" };
const ICONS = {
  ring: [CIRCLE],
  tick: [CIRCLE, { d: "M5 8.2l2 2 4-4.2" }],
  ok: [{ d: "M3 8.5l3 3 7-7" }],
  half: [CIRCLE, { d: "M8 1.5v13" }, { d: "M8 3.2a4.8 4.8 0 010 9.6z", fill: "currentColor", stroke: "none" }],
  pen: [{ d: "M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z" }],
  turn: [{ d: "M13 8a5 5 0 11-1.5-3.5M13 2.5V5h-2.5" }],
  stop: [{ d: "M8 1.8L14.6 13.5H1.4zM8 6.3v3.4M8 11.5v.1" }],
  look: [CIRCLE, { d: "M8 4.8v3.8M8 11v.1" }],
  undo: [{ d: "M3 6h6.5a3.5 3.5 0 010 7H6M5.5 3L2.7 6l2.8 3" }],
  redo: [{ d: "M13 6H6.5a3.5 3.5 0 000 7H10M10.5 3l2.8 3-2.8 3" }],
  grip: [{ d: "M6 4v.1M6 8v.1M6 12v.1M10 4v.1M10 8v.1M10 12v.1", "stroke-width": "2.4" }],
  plus: [{ d: "M8 3v10M3 8h10" }],
  left: [{ d: "M10 3L5 8l5 5" }],
  right: [{ d: "M6 3l5 5-5 5" }],
  lock: [{ d: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 015 0v2" }],
  more: [{ d: "M3.5 8v.1M8 8v.1M12.5 8v.1", "stroke-width": "2.4" }],
  zoom: [{ d: "M10.6 10.6L14 14M4.6 6.8h4.4M6.8 4.6v4.4" }, { cx: "6.8", cy: "6.8", r: "5" }],
  close: [{ d: "M4 4l8 8M12 4l-8 8" }],
  tall: [{ d: "M8 2v12M5 5l3-3 3 3M5 11l3 3 3-3" }],
  up: [{ d: "M3 10l5-5 5 5" }],
  down: [{ d: "M3 6l5 5 5-5" }],
} satisfies Record<string, Record<string, string>[]>;
export type IconName = keyof typeof ICONS;
