// Facts as people see them: the names of their types, how they read, and chips that follow while a value is typed.
import { call, documentPath } from "./api";
import { theDocument } from "./store";
import type { ValueRead } from "./fact-types";
import type { Fact, Language, Span } from "./types";
import { t } from "./words";

/** The everyday names of the types of facts; the first ones can be given a value in one line. */
const TYPES: Record<string, string> = {
  date: "date", datetime: "date and time", time: "time of day", weekday: "day of the week", years: "year or years", period: "quarter, half-year or decade",
  integer: "whole number", decimal: "number", ordinal: "ordinal number", fraction: "fraction", percent: "percentage", money: "amount of money", phone: "telephone number",
  term: "term of the glossary", text: "words", person: "person", link: "link",
};

/** The types that a value can be read as, in the order of a list. */
export const VALUE_TYPES = Object.keys(TYPES).slice(0, 13);

/** The everyday name of a type, such as "percentage". */
export function typeName(type: string): string {
  return t(TYPES[type] ?? type);
}

/** Whether a fact has one value that can be typed. */
export function hasValue(fact: Fact): boolean {
  return VALUE_TYPES.includes(fact.type) || fact.type === "term";
}

/** The languages in which people write. */
export function writtenLanguages(): Language[] {
  return theDocument().languages.filter((language) => !language.derived_from);
}

/** Ask how a value would be read; `name` is the fact that would have it, or "". */
export function readValue(text: string, type: string, name: string): Promise<ValueRead> {
  return call<ValueRead>("POST", documentPath(theDocument().document, "/value"), { text, fact_type: type, name });
}

/** Show in all chips of a fact how a value would read, before it is saved. */
export function previewChips(name: string, shown: Record<string, Record<string, string>>): void {
  eachChip(name, (chip, span, lang) => {
    const words = shown[lang]?.[span.expression === name ? "" : span.expression ?? ""];
    if (words !== undefined && chip.textContent !== words) chip.textContent = words;
  });
}

/** Show in all chips of a fact what the document says. */
export function restoreChips(name: string): void {
  const fact = theDocument().facts.find((one) => one.name === name);
  const forms = (lang: string) => Object.fromEntries((fact?.forms[lang] ?? []).map(({ expression, reads }) => [expression, reads]));
  eachChip(name, (chip, span, lang, isWritten) => {
    const words = isWritten ? span.shown : forms(lang)[span.expression ?? ""];
    if (words !== undefined && chip.textContent !== words) chip.textContent = words;
  });
}

/** Light up the chips of a fact, or none. */
export function lightChips(name: string | null): void {
  for (const chip of document.querySelectorAll<HTMLElement>(".chip[data-fact]")) chip.classList.toggle("lit", chip.dataset["fact"] === name);
}

/** Call a function for each chip of a fact with its span; the words of a language that is made from another have its spans. */
function eachChip(name: string, act: (chip: HTMLElement, span: Span, lang: string, isWritten: boolean) => void): void {
  for (const line of theDocument().rows.flatMap((row) => row.lines))
    for (const language of theDocument().languages) {
      const cell = line.cells[language.derived_from ?? language.code];
      const spans = cell?.spans.filter((span) => span.kind === "fact" && span.name === name) ?? [];
      if (!cell || !spans.length) continue;
      const host = language.derived_from ? derivedWords(cell.place, language.tag) : writtenWords(cell.place, language.code);
      host?.querySelectorAll<HTMLElement>(`.chip[data-fact="${name}"]`).forEach((chip, index) => {
        const span = spans[index];
        if (span) act(chip, span, language.code, !language.derived_from);
      });
    }
}

function writtenWords(place: string, lang: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[data-lang="${lang}"]`)].find((host) => host.dataset["place"] === place);
}

function derivedWords(place: string, tag: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[data-derived-words][lang="${tag}"]`)].find((host) => host.dataset["derivedWords"] === place);
}
