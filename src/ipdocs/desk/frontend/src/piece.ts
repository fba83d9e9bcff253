// Pieces of a text for the clipboard: words, marks that are whole, and facts in the form of the other language.
import { draftOf, splice, stretchesWithout } from "./text-edits";
import { asSource, shownWords, type Written } from "./markup";
import { openDocument } from "./store";
import type { Fact, Span } from "./types";

/** The type of a piece on the clipboard. */
export const PIECE_TYPE = "text/x-ipdocs";

/** A stretch of a text as a piece of its own: marks that are not whole in it are left out. */
export function pieceWithin(written: Written, from: number, to: number): Written {
  let draft = draftOf(written, 0);
  let end = written.text.length;
  for (const [start, stop] of stretchesWithout(written.spans, from, to).reverse()) {
    draft = splice(draft, stop, end, "");
    end = start;
  }
  const { text, spans } = splice(draft, 0, end, "");
  return { text, spans };
}

/** A piece as the clipboard holds it. */
export function writePiece(piece: Written, lang: string): string {
  return JSON.stringify({ ...piece, lang });
}

/** A piece from the clipboard, in the forms of a language; null where it is none of this document. */
export function readPiece(data: string, lang: string): Written | null {
  let read: { text?: unknown; spans?: unknown; lang?: unknown };
  try {
    read = JSON.parse(data) as typeof read;
  } catch {
    return null;
  }
  if (!read || typeof read.text !== "string" || !Array.isArray(read.spans) || !(read.spans as Span[]).every((span) => isWithin(span, read.text as string))) return null;
  return inLanguage({ text: read.text, spans: read.spans as Span[] }, String(read.lang), lang);
}

/** A piece with one form of a fact. */
export function factPiece(fact: Pick<Fact, "name">, expression: string, reads: string): Written {
  const text = `{{ ${expression} }}`;
  return { text, spans: [{ kind: "fact", start: 0, end: text.length, inner_start: text.length, inner_end: text.length, name: fact.name, expression, shown: reads }] };
}

/** Facts of another language become those of this one; facts that the document does not have become their words. */
function inLanguage(piece: Written, from: string, lang: string): Written {
  let draft = draftOf(piece, 0);
  for (const span of [...piece.spans].reverse()) {
    if (span.kind !== "fact") continue;
    const fact = openDocument()?.facts.find(({ name }) => name === span.name);
    const forms = fact?.forms[lang] ?? [];
    const form = forms.find(({ expression }) => expression === span.expression) ?? forms[0];
    if (fact && from === lang) continue;
    const other = fact && form ? factPiece(fact, form.expression, form.reads) : asSource(span.shown ?? "");
    const moved = other.spans.map((added) => ({ ...added, start: added.start + span.start, end: added.end + span.start, inner_start: added.inner_start + span.start, inner_end: added.inner_end + span.start }));
    draft = splice(draft, span.start, span.end, other.text, moved);
  }
  return { text: draft.text, spans: draft.spans };
}

function isWithin(span: Span, text: string): boolean {
  const places = [span?.start, span?.inner_start, span?.inner_end, span?.end];
  return places.every((place) => Number.isInteger(place)) && span.start >= 0 && span.start <= span.inner_start && span.inner_start <= span.inner_end && span.inner_end <= span.end && span.end <= text.length;
}

/** The words of a piece, as other programs get them. */
export function wordsOf(piece: Written): string {
  return shownWords(piece);
}
