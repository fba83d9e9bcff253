// F9: a fact made of the value at the caret, in all languages that say it; or the list of facts.
import { call, documentPath, Refused } from "./api";
import { focusedField, openCell, setCellHooks } from "./cell";
import { openChipCard } from "./chip";
import { note } from "./dialog";
import { el, fill, freshId } from "./dom";
import { openFactList } from "./fact-list";
import { refusal } from "./fact-menu";
import { typeName } from "./fact-words";
import { bindKeys } from "./keys";
import { sendAll } from "./outbox";
import { openPopup, anchorAt, type Anchor } from "./popup";
import { say } from "./say";
import { step, theDocument } from "./store";
import type { FactCell, FactProposal } from "./fact-types";
import { selectedChip } from "./typing";
import { t } from "./words";

type Where = { place: string; lang: string; start: number; end: number; anchor: Anchor };

/** Bind F9, and answer `{{` in cells. */
export function startFactKeys(): void {
  setCellHooks({ listFacts: listFactsAt });
  bindKeys({ keys: "F9", does: "Make a fact of a value, or put a fact in", act: () => (void atCaret(), true) });
}

async function atCaret(): Promise<void> {
  const field = focusedField();
  if (!field || theDocument().read_only) return;
  const chip = selectedChip(field.view);
  if (chip?.kind === "fact") return openChipCard(field.view, field.lang, chip);
  const { from, to, head } = field.view.state.selection.main;
  const where: Where = { place: field.place, lang: field.lang, start: from, end: to, anchor: anchorAt(field.view.coordsAtPos(head)) };
  await sendAll();
  const answer = await call<{ proposal: FactProposal | null }>("POST", documentPath(theDocument().document, "/fact-from"), { place: where.place, lang: where.lang, start: from, end: to });
  if (answer.proposal) openFactCard(answer.proposal, where);
  else if (from === to) openFactList({ place: where.place, lang: where.lang, at: head }, where.anchor);
  else note(t("No number, date, amount or other value stands there. Without a selection, F9 lists the facts."));
}

/** Open the list of facts where `{{` was typed. */
function listFactsAt(caret: { place: string; lang: string; at: number }): boolean {
  openFactList(caret, anchorAt(focusedField()?.view.coordsAtPos(caret.at) ?? null));
  return true;
}

/** Make a fact of the words of some cells, or use one that is there, as one step. */
export async function useProposal(proposal: FactProposal, name: string, cells: readonly FactCell[]): Promise<void> {
  const renamed = cells.map(({ place, lang, start, end, words, expression }) => ({ place, lang, start, end, words, expression: expression.replaceAll(`{{ ${proposal.name}`, `{{ ${name}`) }));
  await step([{ type: "fact-from", name, fact_type: proposal.fact_type, notation: proposal.notation, cells: renamed }]);
}

/** Mark the words of cells on the page, without touching them; no cells mark nothing. */
export function markWords(cells: readonly FactCell[]): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("fact-words");
  const ranges = cells.flatMap((cell) => rangeOf(cell) ?? []);
  if (ranges.length) CSS.highlights.set("fact-words", new Highlight(...ranges));
}

/** The words of a cell on the page: of equal words, those at the same rank as in the text. */
function rangeOf({ place, lang, start, words }: FactCell): Range | null {
  const host = [...document.querySelectorAll<HTMLElement>(`[data-lang="${lang}"]`)].find((one) => one.dataset["place"] === place);
  const text = theDocument().rows.flatMap((row) => row.lines).find((line) => line.place === place)?.cells[lang]?.text ?? "";
  let rank = text.slice(0, start).split(words).length - 1;
  const walker = host && document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  while (walker?.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement?.closest(".chip")) continue;
    for (let at = (node.textContent ?? "").indexOf(words); at >= 0; at = (node.textContent ?? "").indexOf(words, at + words.length), rank -= 1) {
      if (rank > 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      return range;
    }
  }
  return null;
}

function openFactCard(proposal: FactProposal, where: Where): void {
  const id = freshId("name");
  const name = el("input", { id, value: proposal.name, autocomplete: "off", spellcheck: "false", size: 14 });
  const said = el("p", { class: "said", role: "alert" });
  const [own, ...others] = proposal.cells;
  const chosen = new Map(proposal.cells.map((cell) => [cell.lang, cell === own || (cell.exact && !cell.doubtful)]));
  const back = () => void openCell(where.place, where.lang, where.end);
  const apply = async (factName: string) => {
    const cells = proposal.cells.filter((cell) => chosen.get(cell.lang));
    try {
      await useProposal(proposal, factName, cells);
      popup.close();
      say(t("{name} is a fact now", { name: factName }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      said.textContent = refusal(error);
    }
  };
  const lines = [own, ...others].flatMap((cell) => (cell ? [cellLine(proposal, cell, cell === own ? null : (on) => chosen.set(cell.lang, on))] : []));
  const missing = proposal.missing.map((code) => el("li", { class: "warn" }, languageTag(code), t("does not say it here. The fact would stand in the other language only.")));
  const derived = proposal.changes.filter(({ lang }) => theDocument().languages.find(({ code }) => code === lang)?.derived_from)
    .map(({ lang, before, after }) => el("li", { class: "warn" }, languageTag(lang), willRead(lang, before, after)));
  const hasChanges = proposal.changes.length > 0;
  const same = proposal.same.map((fact, index) => el("button", { class: `button small${index ? "" : " first"}`, type: "button", "data-first": index ? null : true, onclick: () => void apply(fact) }, t("Use “{name}”", { name: fact })));
  const make = el("button", { class: `button small${same.length ? "" : " first"}`, type: "button", "data-first": same.length ? null : true, onclick: () => void apply(name.value.trim()) }, hasChanges ? t("Make it a fact all the same") : t("Make it a fact"));
  name.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) void apply(name.value.trim());
  });
  const popup = openPopup(t("“{words}” as a fact", { words: own?.words ?? proposal.value }), where.anchor, [
    el("p", {}, t("Read as a {type}:", { type: typeName(proposal.fact_type) }), " ", el("b", {}, proposal.value)),
    el("ul", { class: "fact-lines" }, lines, missing, derived),
    proposal.same.length ? el("p", { class: "quiet" }, t("There is a fact with this value already.")) : null,
    el("p", { class: "field" }, el("label", { for: id }, t("Name")), name), said,
    el("div", { class: "acts" }, same, make, el("button", { class: "button small plain", type: "button", onclick: () => popup.close() }, t("Cancel"))),
  ], back);
  markWords(proposal.cells);
  new MutationObserver((_, observer) => {
    if (popup.element.isConnected) return;
    observer.disconnect();
    markWords([]);
  }).observe(document.body, { childList: true });
}

function cellLine(proposal: FactProposal, cell: FactProposal["cells"][number], choose: ((on: boolean) => void) | null): HTMLElement {
  const id = freshId("cell");
  const box = choose && el("input", { type: "checkbox", id, checked: cell.exact && !cell.doubtful, onchange: () => choose(box?.checked ?? false) });
  const change = proposal.changes.find(({ lang }) => lang === cell.lang);
  const language = theDocument().languages.find(({ code }) => code === cell.lang);
  const says = cell.exact && !change ? [el("span", { lang: language?.tag ?? "" }, cell.words), " ", t("stays as it is")] : [willRead(cell.lang, cell.words, cell.reads)];
  const doubt = cell.doubtful ? el("span", { class: "warn" }, " ", t("It may be another value that happens to be equal.")) : null;
  return el("li", { class: cell.exact ? "" : "warn" }, box, el(box ? "label" : "span", box ? { for: id } : {}, languageTag(cell.lang), ...says), doubt);
}

function willRead(code: string, before: string, after: string): HTMLElement {
  const tag = theDocument().languages.find((language) => language.code === code)?.tag ?? "";
  const [first, middle, last] = t("{before} will read {after}", { before: "\u0000", after: "\u0000" }).split("\u0000");
  const line = el("span", {});
  fill(line, first, el("span", { lang: tag }, before), middle, el("b", { lang: tag }, after), last);
  return line;
}

function languageTag(code: string): HTMLElement {
  const language = theDocument().languages.find((one) => one.code === code);
  return el("span", { class: "tongue", lang: language?.tag ?? "" }, language?.short ?? code);
}
