// The card of a chip: its value, its other forms as they read, its name, and its words instead of the fact.
import type { EditorView } from "@codemirror/view";
import { putBeside } from "./beside";
import { el, freshId } from "./dom";
import { putPiece } from "./field";
import { asSource } from "./markup";
import { factPiece } from "./piece";
import { say } from "./say";
import { openDocument, step } from "./store";
import type { Span } from "./types";
import { t } from "./words";

let close: (() => void) | null = null;

/** Open the card of a fact in a field. */
export function openChipCard(view: EditorView, lang: string, span: Span): void {
  close?.();
  const fact = openDocument()?.facts.find(({ name }) => name === span.name);
  const forms = (fact?.forms[lang] ?? []).filter(({ expression, reads }) => expression !== span.expression && reads !== span.shown);
  const id = freshId("chip");
  const replaceWith = (piece: ReturnType<typeof asSource>) => {
    shut(true);
    putPiece(view, span.start, span.end, piece, "input.chip");
  };
  const name = el("input", { id: `${id}-name`, value: span.name ?? "", size: 14, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  const rename = async (event: SubmitEvent) => {
    event.preventDefault();
    const to = name.value.trim();
    if (!fact || !to || to === fact.name) return;
    shut(true);
    await step([{ type: "fact", action: "rename", name: fact.name, to }]);
    say(t("The fact is called {name} now", { name: to }));
  };
  const card = el("div", { class: "chip-card", role: "dialog", "aria-labelledby": id },
    el("p", { id, class: "chip-card-head" }, el("b", { lang: view.contentDOM.lang }, span.shown ?? ""), el("span", {}, fact ? t("fact {name}: {value}", { name: fact.name, value: fact.value }) : t("There is no fact {name}", { name: span.name ?? "" }))),
    forms.length ? el("p", { class: "chip-card-label", id: `${id}-forms` }, t("Read it as")) : null,
    forms.length ? el("ul", { "aria-labelledby": `${id}-forms` }, ...forms.map(({ expression, reads }) => el("li", {}, el("button", { type: "button", class: "button small", lang: view.contentDOM.lang, onclick: () => replaceWith(factPiece({ name: span.name ?? "" }, expression, reads)) }, reads)))) : null,
    el("div", { class: "acts" },
      fact ? el("button", { type: "button", class: "button small", onclick: () => (shut(false), document.dispatchEvent(new CustomEvent("go-to-fact", { detail: fact.name }))) }, t("Change the value…")) : null,
      el("button", { type: "button", class: "button small plain", onclick: () => replaceWith(asSource(span.shown ?? "")) }, t("Words instead of fact"))),
    fact ? el("form", { class: "acts", onsubmit: rename }, el("label", { for: name.id }, t("Name")), name, el("button", { class: "button small" }, t("Rename"))) : null);
  const outside = (event: Event) => card.contains(event.target as Node) || shut(false);
  const shut = (focus: boolean) => {
    if (close !== forget) return;
    close = null;
    card.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (focus) view.focus();
  };
  const forget = () => shut(false);
  close = forget;
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    shut(true);
  });
  card.addEventListener("focusout", (event) => event.relatedTarget && !card.contains(event.relatedTarget as Node) && shut(false));
  putBeside(card, view, span.start, span.end, "below");
  document.addEventListener("pointerdown", outside, true);
  card.querySelector<HTMLElement>("button")?.focus();
}
