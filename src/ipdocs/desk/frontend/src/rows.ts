// Draws the rows of a document: for each block its name, its words in every language, and how they stand.
import { drawWords } from "./drawing";
import { el, icon } from "./dom";
import { marksFor } from "./finding-marks";
import { drawPicture } from "./pictures";
import { followsLine, hasOpen, stateDetail, stateLine, stateWord } from "./states";
import { drawTable } from "./table";
import type { Cell, DerivedCell, DocumentView, Language, Line, Row } from "./types";
import { m, t } from "./words";

/** The grey words of an empty text, by the role of its line and by the kind of its block. */
const EMPTY: Record<string, string> = {
  paragraph: "Write the paragraph", heading: "Write the heading", quotation: "Write the quotation", decision: "Write the decision", action: "Write what is to be done",
  item: "Write the item", intro: "Write the introduction", caption: "Write the caption", alt: "Describe the picture in words", cell: "Write the cell",
  head: "Write the head", title: "Write the title", term: "Write the term", definition: "Write the meaning", note: "Write the footnote", text: "Write the words", label: "Write the words",
};

/** Draw a row. */
export function drawRow(row: Row, view: DocumentView): HTMLElement {
  const block = el("li", { class: "block", "data-row": row.id, "data-kind": row.kind, "aria-label": m(row.name) });
  fillRow(block, row, view);
  return block;
}

/** Draw what is in a row anew, except fields in which somebody writes; returns false if the row must be drawn whole. */
export function updateRow(block: HTMLElement, row: Row, view: DocumentView): boolean {
  const live = [...block.querySelectorAll<HTMLElement>("[data-live]")];
  if (!live.length) {
    fillRow(block, row, view);
    return true;
  }
  const fresh = drawRow(row, view);
  if (keysOf(fresh).join() !== keysOf(block).join()) return false;
  const words = hostsOf(fresh);
  hostsOf(block).forEach((host, index) => {
    const drawn = words[index]!;
    copyAttributes(drawn, host);
    if (host.dataset["live"] === undefined) host.replaceChildren(...drawn.childNodes);
  });
  const lines = fresh.querySelectorAll("[data-state], [data-derived-words]");
  block.querySelectorAll("[data-state], [data-derived-words]").forEach((old, index) => lines[index] && old.replaceWith(lines[index]!));
  markRow(block, row);
  return true;
}

function fillRow(block: HTMLElement, row: Row, view: DocumentView): void {
  const cards = block.querySelector(":scope > .notes");
  block.replaceChildren(drawSide(row, view), ...drawContent(row, view), ...(cards ? [cards] : []), ...(row.body && !view.read_only ? [putButton(row)] : []));
  markRow(block, row);
}

function markRow(block: HTMLElement, row: Row): void {
  block.toggleAttribute("data-open-texts", hasOpen(row));
  block.classList.toggle("restricted", row.restricted !== undefined);
}

function drawSide(row: Row, view: DocumentView): HTMLElement {
  const name = m(row.name);
  const handle = row.body && !view.read_only
    ? el("button", { class: "handle", type: "button", tabindex: hasTexts(row) ? -1 : 0 /* the way to its menu with the keyboard */, draggable: "true", title: t("Move or change this block (F2)"), "aria-label": t("{name}: move or change this block", { name }) }, icon("grip"))
    : null;
  return el("div", { class: "side" }, el("h3", {}, name), row.restricted ? el("span", { class: "tag" }, t("Restricted")) : null, handle);
}

function hasTexts(row: Row): boolean {
  return row.section === undefined && row.lines.some(({ cells }) => Object.values(cells).some(({ state }) => state.kind !== "absent"));
}

function putButton(row: Row): HTMLElement {
  return el("button", { class: "put", type: "button", tabindex: -1, title: t("Put a block in (F2)"), "aria-label": t("Put a block in after {name}", { name: m(row.name) }) }, icon("plus"));
}

function drawContent(row: Row, view: DocumentView): HTMLElement[] {
  if (row.section !== undefined) return drawRecurring(row, view);
  if (row.kind === "rule" || row.kind === "page-break") return [el("div", { class: "cell whole" }, el("hr", { class: row.kind }))];
  if (!row.lines.length) return [el("div", { class: "cell whole" }, el("p", { class: "quiet" }, t("The house style writes the words of this item.")))];
  const picture = row.picture ? [el("div", { class: "cell whole" }, drawPicture(view.document, row.picture))] : [];
  const isTable = row.kind === "table";
  const lines = isTable ? row.lines.filter((line) => line.row === undefined) : row.lines;
  const cells = lines.flatMap((line) => view.languages.map((language) => drawLanguage(row, line, language, view)));
  const tables = isTable ? view.languages.map((language) => cellOf(language, drawTable(row, language, (line) => drawWordsOf(row, line, language, view)))) : [];
  const all = [...cells, ...tables];
  const last = all.slice(-view.languages.length);
  view.languages.forEach((language, index) => last[index]?.append(...stateOf(row, language, view)));
  return [...picture, ...all];
}

function drawLanguage(row: Row, line: Line, language: Language, view: DocumentView): HTMLElement {
  return cellOf(language, drawWordsOf(row, line, language, view), line.level);
}

function cellOf(language: Language, content: Node | null, level = 1): HTMLElement {
  const cell = el("div", { class: language.derived_from ? "cell derived" : "cell" }, content);
  if (level > 1) cell.dataset["level"] = String(level);
  return cell;
}

/** The words of a line in a language: a text that can be written in, or derived words. */
function drawWordsOf(row: Row, line: Line, language: Language, view: DocumentView): HTMLElement | null {
  const derived = line.derived[language.code];
  if (derived) return withMarker(line, language, drawDerived(row, line, derived, language));
  const cell = line.cells[language.code];
  if (!cell || cell.state.kind === "absent") return absence(row, line, language);
  return withMarker(line, language, view.read_only ? readOnly(row, line, cell, language) : drawCell(row, line, cell, language, view));
}

function drawCell(row: Row, line: Line, cell: Cell, language: Language, view: DocumentView): HTMLElement {
  const name = cellLabel(row, line, cell, language, view);
  const grey = t(EMPTY[line.role !== "text" ? line.role : row.id === "title" && row.kind === "head" ? "title" : row.body ? row.kind : "text"] ?? "Write the words");
  const words = el("div", {
    class: wordsClass(row, line), role: "textbox", tabindex: 0, "aria-multiline": "true", lang: language.tag, "data-place": cell.place, "data-lang": cell.lang,
    "data-open": grey, "data-name": name, "aria-label": name,
  });
  words.append(...drawWords({ text: cell.text ?? "", spans: cell.spans }, grey, marksFor(cell.place, cell.lang)));
  setEnding(words, line, language);
  return words;
}

function readOnly(row: Row, line: Line, cell: Cell, language: Language): HTMLElement {
  const words = el("p", { class: wordsClass(row, line), lang: language.tag, "data-read": cell.place }, ...drawWords({ text: cell.text ?? "", spans: cell.spans }, "—"));
  setEnding(words, line, language);
  return words;
}

function drawDerived(row: Row, line: Line, cell: DerivedCell, language: Language): HTMLElement {
  const words = el("p", { class: wordsClass(row, line), lang: language.tag, "data-derived-words": cell.place, "data-derived-lang": cell.lang }, ...drawWords(cell, "", marksFor(cell.place, cell.lang)));
  setEnding(words, line, language);
  return words;
}

/** "Measures, Item 2, Traditional Chinese, Draft from memory": what a screen reader says of a cell. */
function cellLabel(row: Row, line: Line, cell: Cell, language: Language, view: DocumentView): string {
  const state = [stateWord(cell.state.kind, originalOf(language, view)), stateDetail(cell.state)].filter(Boolean).join(" ");
  return [m(row.name), m(line.label), t(language.english), state].filter(Boolean).join(", ");
}

function wordsClass(row: Row, line: Line): string {
  const isTitle = row.id === "title" && row.kind === "head";
  return ["words", isTitle ? "title" : "", row.kind === "heading" || line.role === "term" || line.role === "head" ? "strong" : "", line.role === "text" ? "" : `of-${line.role}`].filter(Boolean).join(" ");
}

/** An item with the marker that the style gives it. */
function withMarker(line: Line, language: Language, words: HTMLElement): HTMLElement {
  const marker = line.marker?.[language.code];
  const label = line.role === "label" || line.role === "alt" || line.role === "caption" || line.role === "note" || (line.role === "text" && m(line.label));
  if (marker !== undefined) return el("div", { class: "item" }, el("span", { class: "marker", "aria-hidden": "true" }, marker), words);
  return label ? el("div", { class: "labelled" }, el("span", { class: "label", "aria-hidden": "true" }, m(line.label)), words) : words;
}

/** The ending that the style adds is shown after the words, grey, and is no part of them. */
function setEnding(words: HTMLElement, line: Line, language: Language): void {
  const ending = line.ending?.[language.code];
  if (ending) words.style.setProperty("--ending", JSON.stringify(ending));
  words.classList.toggle("with-ending", Boolean(ending));
}

/** What stands in place of words that a language does not have. */
function absence(row: Row, line: Line, language: Language): HTMLElement | null {
  if (language.derived_from) return null;
  const reason = row.absent[language.code];
  const name = t(language.english);
  const words = reason !== undefined ? t("Not in {language}: {reason}", { language: name, reason })
    : row.only !== undefined ? t("Not in {language}", { language: name }) : null;
  return words === null || line !== row.lines[0] ? null : el("p", { class: "quiet" }, words);
}

function stateOf(row: Row, language: Language, view: DocumentView): HTMLElement[] {
  const original = originalOf(language, view);
  if (language.derived_from) {
    if (!row.lines.some((line) => line.derived[language.code])) return [];
    return [marked(followsLine(original), language)];
  }
  const line = stateLine(row, language, original);
  return line ? [marked(line, language)] : [];
}

function marked(line: HTMLElement, language: Language): HTMLElement {
  line.dataset["state"] = language.code;
  return line;
}

/** The language that a text is made or translated from. */
function originalOf(language: Language, view: DocumentView): Language | undefined {
  return view.languages.find(({ code }) => code === (language.derived_from ?? view.languages[0]?.code));
}

/** A recurring text: closed, and read only. */
function drawRecurring(row: Row, view: DocumentView): HTMLElement[] {
  const cells = row.lines.flatMap((line) => view.languages.map((language) => {
    const words = line.derived[language.code];
    return cellOf(language, words ? el("p", { class: "words", lang: language.tag }, ...drawWords(words, "")) : null);
  }));
  for (const cell of cells) {
    cell.classList.add("closed");
    cell.hidden = true;
  }
  const button = el("button", {
    class: "button small plain disclose", type: "button", "aria-expanded": "false",
    onclick: () => {
      const isShown = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!isShown));
      for (const cell of cells) cell.hidden = isShown;
    },
  }, icon("right"), t("Recurring text: read it"));
  return [el("div", { class: "cell whole recurring" }, button, el("span", { class: "quiet" }, t("It is the same in every document."))), ...cells];
}

function hostsOf(block: HTMLElement): HTMLElement[] {
  return [...block.querySelectorAll<HTMLElement>("[data-place][data-lang]")];
}

function keysOf(block: HTMLElement): string[] {
  const parts = block.querySelectorAll<HTMLElement>("[data-place][data-lang], [data-state], [data-derived-words]");
  return [...parts].map((part) => part.dataset["place"] ?? part.dataset["derivedWords"] ?? "state").concat(block.querySelector("h3")?.textContent ?? "");
}

function copyAttributes(from: HTMLElement, to: HTMLElement): void {
  to.className = from.className;
  to.dataset["open"] = from.dataset["open"] ?? "";
  to.dataset["name"] = from.dataset["name"] ?? "";
  const label = from.getAttribute("aria-label") ?? "";
  to.setAttribute("aria-label", label);
  to.querySelector(".cm-content")?.setAttribute("aria-label", label);
  to.style.cssText = from.style.cssText;
}
