// What can be done with a fact: go to where it is used, rename it, change its type, put its words back, delete it.
import { Refused } from "./api";
import { openCell } from "./cell";
import { note, openDialog, openMenu } from "./dialog";
import { el, freshId } from "./dom";
import { hasValue, readValue, typeName, VALUE_TYPES } from "./fact-words";
import { say } from "./say";
import { step, theDocument } from "./store";
import type { Change, Fact, Patch } from "./types";
import { undo } from "./undo";
import { n, t, told } from "./words";

/** Give a fact a value; `before` is its present value, null for a new fact. */
export function putFact(name: string, fact_type: string, notation: string, before: string | null): Promise<Patch> {
  return step([{ type: "fact", action: "put", name, fact_type, notation, before }]);
}

/** What a refusal says, in one sentence. */
export function refusal(error: Refused): string {
  if (error.failure.conflict) return t("Somebody else has changed it in the meantime. Try again.");
  const [finding] = error.failure.findings ?? [];
  return finding ? [told(finding), finding.hint].filter(Boolean).join(". ") : error.message;
}

/** Open the menu of a fact at its button. */
export function openFactMenu(anchor: HTMLElement, fact: Fact): void {
  const uses = usesOf(fact.name);
  const isFixed = theDocument().read_only ? t("This document is read only") : false;
  openMenu(anchor, fact.name, [
    { label: t("Go to where it is used"), act: () => goToUse(fact.name), disabled: !uses.length && t("No text uses it") },
    { label: t("Rename…"), act: () => askName(fact), disabled: isFixed },
    { label: t("Change its type…"), act: () => askType(fact), disabled: isFixed || (!hasValue(fact) && t("It has texts of its own")) },
    "line",
    { label: t("Put its words back into the texts"), act: () => void putBack(fact), disabled: isFixed || (!uses.length && t("No text uses it")) },
    { label: t("Delete"), act: () => void act(fact.name, "delete", t("{name} is deleted", { name: fact.name })), disabled: isFixed || (uses.length > 0 && n(fact.uses, "It is used {n} time", "It is used {n} times")) },
  ]);
}

let lastUse: { name: string; index: number } = { name: "", index: -1 };

function goToUse(name: string): void {
  const uses = usesOf(name);
  const index = lastUse.name === name ? (lastUse.index + 1) % uses.length : 0;
  lastUse = { name, index };
  const use = uses[index];
  if (use && openCell(use.place, use.lang, use.end)) say(t("Use {n} of {all}", { n: index + 1, all: uses.length }));
}

/** The places of a fact in the words, in the order of the document. */
function usesOf(name: string): { place: string; lang: string; end: number }[] {
  return theDocument().rows.flatMap((row) => row.lines).flatMap((line) => Object.values(line.cells)).flatMap((cell) =>
    cell.spans.filter((span) => span.kind === "fact" && span.name === name).map((span) => ({ place: cell.place, lang: cell.lang, end: span.end })));
}

async function act(name: string, action: "delete" | "words", done: string): Promise<void> {
  try {
    await step([{ type: "fact", action, name }]);
    note(done, { label: t("Undo"), act: () => void undo() }, 10);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note(refusal(error));
  }
}

async function putBack(fact: Fact): Promise<void> {
  await act(fact.name, "words", t("The words of {name} stand in the texts again", { name: fact.name }));
}

function askName(fact: Fact): void {
  const input = el("input", { id: freshId("name"), value: fact.name, autocomplete: "off", spellcheck: "false", required: true });
  askAndDo(t("Rename {name}", { name: fact.name }), [el("label", { for: input.id }, t("Name")), input], t("Rename"), async () => {
    const to = input.value.trim();
    return to === fact.name ? null : [{ type: "fact", action: "rename", name: fact.name, to }];
  });
  input.select();
}

function askType(fact: Fact): void {
  const type = el("select", { id: freshId("type") }, VALUE_TYPES.map((name) => el("option", { value: name, selected: name === fact.type }, typeName(name))));
  const value = el("input", { id: freshId("value"), value: fact.value, autocomplete: "off", spellcheck: "false", required: true });
  askAndDo(t("Change the type of {name}", { name: fact.name }), [el("label", { for: type.id }, t("Type")), type, el("label", { for: value.id }, t("Value")), value], t("Change it"), async () => {
    const { read, ...answer } = await readValue(value.value, type.value, fact.name);
    if (!read || read.fact_type !== type.value) return "example" in answer ? t("Write, for example, {example}", { example: answer.example }) : t("This is read as a {type}.", { type: typeName(read?.fact_type ?? "") });
    return [{ type: "fact", action: "put", name: fact.name, fact_type: read.fact_type, notation: read.notation, before: fact.notation }];
  });
}

/** A form whose button makes one step; `changes` returns words instead where something is missing, and null where nothing is to be done. */
function askAndDo(heading: string, fields: HTMLElement[], button: string, changes: () => Promise<Change[] | string | null>): void {
  const said = el("p", { class: "said", role: "alert" });
  const submit = async (event: Event) => {
    event.preventDefault();
    const made = await changes();
    if (typeof made === "string") {
      said.textContent = made;
      return;
    }
    try {
      if (made) await step(made);
      dialog.close();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      said.textContent = refusal(error);
    }
  };
  const form = el("form", { class: "form", onsubmit: (event: Event) => void submit(event) }, ...fields, said,
    el("div", { class: "acts" }, el("button", { class: "button first" }, button), el("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("Cancel"))));
  const dialog = openDialog(heading, [form]);
  fields.find((field) => field.matches("input, select"))?.focus();
}
