// The list of facts that `{{` and F9 open: filtered as one types, also by value and by Chinese; Enter puts the fact in.
import { insertPiece, openCell } from "./cell";
import { el, fill, freshId } from "./dom";
import { factPiece } from "./piece";
import { openPopup, type Anchor } from "./popup";
import { theDocument } from "./store";
import type { Fact, FactForm } from "./types";
import { t } from "./words";

type Caret = { place: string; lang: string; at: number };

/** Open the list at a caret. */
export function openFactList(caret: Caret, anchor: Anchor): void {
  const facts = theDocument().facts.filter((fact) => fact.forms[caret.lang]?.length);
  const listId = freshId("list");
  const filter = el("input", { role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-autocomplete": "list", "aria-label": t("Find a fact by its name, value or words"), placeholder: t("Name, value or words"), autocomplete: "off", spellcheck: "false", "data-first": true });
  const list = el("div", { role: "listbox", id: listId, "aria-label": t("Facts"), class: "fact-list" });
  const none = el("p", { class: "quiet", hidden: true }, facts.length ? t("No fact has this.") : t("There are no facts yet. Select a number or date in the words and press F9."));
  let shown: Fact[] = [];
  let at = 0;
  const draw = () => {
    shown = facts.filter((fact) => matches(fact, filter.value));
    at = Math.max(0, Math.min(at, shown.length - 1));
    fill(list, shown.map((fact, index) => option(fact, `${listId}-${index}`, index === at, caret, () => put(fact))));
    none.hidden = shown.length > 0;
    if (shown.length) filter.setAttribute("aria-activedescendant", `${listId}-${at}`);
    else filter.removeAttribute("aria-activedescendant");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const put = (fact: Fact) => {
    popup.close();
    putIn(fact, caret);
  };
  draw();
  const popup = openPopup(t("Put a fact in"), anchor, [filter, list, none], () => void openCell(caret.place, caret.lang, caret.at));
  filter.addEventListener("input", () => {
    at = 0;
    draw();
  });
  filter.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      at = (at + move + shown.length) % Math.max(1, shown.length);
      draw();
    } else if (event.key === "Enter") {
      const fact = shown[at];
      if (fact) put(fact);
    } else return;
    event.preventDefault();
  });
}

/** Whether a fact has the words of a filter in its name, its value or what a language reads; Chinese in either script. */
function matches(fact: Fact, words: string): boolean {
  const fold = (text: string) => [...text.normalize("NFKC").toLowerCase()].map((character) => fact.folding[character] ?? character).join("");
  const wanted = fold(words.trim());
  const all = [fact.name, fact.value, fact.notation, ...Object.values(fact.forms).flatMap((forms) => forms.map(({ reads }) => reads))];
  return all.some((text) => fold(text).includes(wanted));
}

function option(fact: Fact, id: string, selected: boolean, caret: Caret, act: () => void): HTMLElement {
  const form = formFor(fact, caret);
  const tag = theDocument().languages.find(({ code }) => code === caret.lang)?.tag ?? "";
  return el("div", { role: "option", id, "aria-selected": String(selected), onmousedown: (event: Event) => event.preventDefault(), onclick: act },
    el("b", {}, fact.name), el("span", { lang: tag }, form?.reads ?? ""));
}

function putIn(fact: Fact, caret: Caret): void {
  const form = formFor(fact, caret);
  if (!form || !openCell(caret.place, caret.lang, caret.at)) return;
  insertPiece(factPiece(fact, form.expression, form.reads));
}

/** The form that the sentence suggests: that of another language at this place, else the one most used in this language. */
function formFor(fact: Fact, { place, lang }: Caret): FactForm | undefined {
  const forms = fact.forms[lang] ?? [];
  const lines = theDocument().rows.flatMap((row) => row.lines);
  const spansOf = (test: (cellPlace: string, cellLang: string) => boolean) =>
    lines.flatMap((line) => Object.values(line.cells)).filter((cell) => test(cell.place, cell.lang)).flatMap((cell) => cell.spans).filter((span) => span.kind === "fact" && span.name === fact.name);
  const beside = spansOf((cellPlace, cellLang) => cellPlace === place && cellLang !== lang);
  const elsewhere = spansOf((_, cellLang) => cellLang === lang);
  for (const span of [...beside, ...elsewhere]) {
    const form = forms.find(({ expression }) => expression === span.expression);
    if (form) return form;
  }
  return forms[0];
}
