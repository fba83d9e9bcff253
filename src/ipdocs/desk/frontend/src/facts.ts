// The panel of facts: their values, how each language reads them, and what can be made a fact.
import { Refused } from "./api";
import { addPanel, openPanel } from "./panels";
import { openDialog } from "./dialog";
import { el, fill, freshId, icon } from "./dom";
import { startFactKeys } from "./fact-from";
import { openFactMenu, putFact, refusal } from "./fact-menu";
import { showOffer } from "./fact-offer";
import { hasValue, lightChips, previewChips, readValue, restoreChips, typeName, writtenLanguages } from "./fact-words";
import { say } from "./say";
import { onChange, step, theDocument } from "./store";
import type { ValueRead } from "./fact-types";
import type { Fact } from "./types";
import { n, t } from "./words";

const PAUSE = 120;

/** Put the panel into the right side of the Write page, and keep it up to date. */
export function startFacts(aside: HTMLElement): void {
  const body = el("tbody");
  const head = el("tr", {}, el("th", { scope: "col" }, t("Name")), el("th", { scope: "col" }, t("Value")), el("th", { scope: "col" }, t("Reads")), el("th", { scope: "col" }, el("span", { class: "unseen" }, t("Times used"))));
  const table = el("div", { class: "facts", role: "group", tabindex: 0, "aria-label": t("Facts of this document") }, el("table", {}, el("thead", {}, head), body));
  const add = el("button", { class: "button small", type: "button", onclick: () => newFact() }, icon("plus"), t("New fact"));
  const offer = el("div", { class: "offer", hidden: true });
  const { section: panel, head: bar } = addPanel(aside, "facts", t("Facts"));
  panel.classList.add("with-offer");
  if (!theDocument().read_only) bar.append(add);
  panel.append(table, offer);
  startFactKeys();
  drawRows(body);
  showOffer(offer, panel);
  const stop = onChange(() => {
    if (!panel.isConnected) return stop();
    drawRows(body);
    showOffer(offer, panel);
  });
  const follow = (event: Event) => {
    if (panel.isConnected) goToFact(body, (event as CustomEvent<string>).detail);
    else document.removeEventListener("go-to-fact", follow);
  };
  document.addEventListener("go-to-fact", follow);
}

function drawRows(body: HTMLElement): void {
  const facts = theDocument().facts;
  const drawn = new Map([...body.querySelectorAll<HTMLTableRowElement>("tr[data-fact]")].map((row) => [row.dataset["fact"] ?? "", row]));
  const rows = facts.map((fact) => {
    const row = drawn.get(fact.name);
    const written = JSON.stringify(fact);
    if (row?.dataset["drawn"] === written) return row;
    const typing = row?.querySelector<HTMLInputElement>("input");
    if (row && typing && typing === document.activeElement && typing.dataset["typed"] !== undefined) return row;
    const fresh = drawFact(fact);
    fresh.dataset["drawn"] = written;
    if (row?.contains(document.activeElement)) {
      const left = document.activeElement!;
      queueMicrotask(() => giveFocus(fresh, left));
    }
    return fresh;
  });
  if (!rows.length) rows.push(el("tr", {}, el("td", { colspan: 4, class: "quiet" }, t("No facts yet. Select a number or date in the words and press F9."))));
  if (rows.length !== body.children.length || rows.some((row, index) => body.children[index] !== row)) fill(body, ...rows);
}

/** Give the focus to what stands in a row that was drawn anew; after Keep, to the next value of last year. */
function giveFocus(row: HTMLElement, left: Element): void {
  const later = [...row.parentElement?.querySelectorAll<HTMLElement>(".from-last-year button") ?? []];
  const next = left.closest(".from-last-year") ? later.find((button) => row.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING) ?? later[0] : null;
  const same = left.matches(".uses-menu") ? row.querySelector<HTMLElement>(".uses-menu") : null;
  (next ?? same ?? row.querySelector<HTMLElement>("input") ?? row.querySelector<HTMLElement>(".uses-menu"))?.focus();
}

function drawFact(fact: Fact): HTMLTableRowElement {
  const id = freshId("fact");
  const row = el("tr", { "data-fact": fact.name, class: fact.inherited ? "inherited" : "" });
  const said = el("p", { class: "said", id: `${id}-said`, hidden: true });
  const reads = el("div", { class: "reads" });
  showReads(reads, fact.reads);
  const value = hasValue(fact) && !theDocument().read_only ? valueField(fact, said, reads) : el("span", { class: "fixed", title: fact.value }, fact.value);
  const uses = n(fact.uses, "used {n} time", "used {n} times");
  const menu = el("button", {
    class: "uses-menu", type: "button", "aria-haspopup": "menu", "aria-label": t("{name}, {uses}: what can be done", { name: fact.name, uses }), title: t("What can be done with this fact"),
    onclick: () => openFactMenu(menu, fact),
  }, fact.uses ? `${fact.uses} ×` : "—");
  const name = el("th", { scope: "row", title: typeName(fact.type) }, fact.name);
  row.append(name, el("td", {}, value, said), el("td", {}, reads, fact.inherited ? keepLine(fact) : null), el("td", { class: "uses" }, menu));
  const light = (on: boolean) => () => {
    row.classList.toggle("here", on);
    lightChips(on ? fact.name : null);
  };
  for (const type of ["focusin", "mouseenter"]) row.addEventListener(type, light(true));
  for (const type of ["focusout", "mouseleave"]) row.addEventListener(type, light(false));
  row.addEventListener("keydown", (event) => {
    if (event.key !== "F2") return;
    event.preventDefault();
    openFactMenu(menu, fact);
  });
  return row;
}

function keepLine(fact: Fact): HTMLElement {
  const keep = async () => {
    await step([{ type: "fact", action: "keep", name: fact.name }]);
    say(t("{name} is kept as it is", { name: fact.name }));
  };
  return el("span", { class: "from-last-year" }, icon("turn"), el("span", {}, t("from last year")),
    theDocument().read_only ? null : el("button", { class: "button small plain", type: "button", "aria-label": t("Keep the value of {name}", { name: fact.name }), onclick: () => void keep() }, t("Keep")));
}

function showReads(cell: HTMLElement, reads: Record<string, string>): void {
  fill(cell, ...writtenLanguages().map((language) => el("span", { lang: language.tag, title: reads[language.code] ?? "" }, reads[language.code] ?? "")));
}

/** The field of a value: chips follow while it is typed, and Enter or leaving it is one step. */
function valueField(fact: Fact, said: HTMLElement, reads: HTMLElement): HTMLInputElement {
  const input = el("input", { "aria-label": fact.name, "aria-describedby": said.id, value: fact.value, size: 9, autocomplete: "off", spellcheck: "false" });
  let timer = 0;
  let last: { text: string; answer: ValueRead } | null = null;
  const tell = (words: string, action?: HTMLElement) => {
    said.hidden = !words;
    fill(said, words, ...(action ? [" ", action] : []));
    input.toggleAttribute("aria-invalid", Boolean(words));
  };
  const back = () => {
    clearTimeout(timer);
    delete input.dataset["typed"];
    input.value = fact.value;
    tell("");
    showReads(reads, fact.reads);
    restoreChips(fact.name);
  };
  const look = async (): Promise<ValueRead | null> => {
    const text = input.value;
    if (last?.text !== text) {
      const answer = await readValue(text, fact.type, fact.name);
      if (input.value !== text) return null;
      last = { text, answer };
    }
    const { answer } = last;
    if (!answer.read) tell(text.trim() ? t("Write, for example, {example}", { example: answer.example }) : t("Write a value"));
    else if (answer.problems.length) tell(t("The words cannot state this value: {reason}", { reason: answer.problems[0]?.message ?? "" }));
    else {
      const other = answer.read.fact_type !== fact.type;
      tell(other ? t("This is read as a {type}.", { type: typeName(answer.read.fact_type) }) : "",
        other ? el("button", { class: "button small", type: "button", onclick: () => void save(answer) }, t("Make it a {type}", { type: typeName(answer.read.fact_type) })) : undefined);
      if (!other) {
        previewChips(fact.name, answer.shown);
        showReads(reads, Object.fromEntries(Object.entries(answer.shown).map(([lang, forms]) => [lang, forms[""] ?? ""])));
      }
    }
    return answer;
  };
  const save = async (answer: ValueRead) => {
    if (!answer.read || answer.problems.length) return;
    const { fact_type, notation } = answer.read;
    delete input.dataset["typed"];
    if (notation === fact.notation && fact_type === fact.type) return back();
    try {
      await putFact(fact.name, fact_type, notation, fact.notation);
      say(t("{name} is now {value}", { name: fact.name, value: answer.read.value }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tell(refusal(error));
    }
  };
  const commit = async () => {
    clearTimeout(timer);
    if (input.dataset["typed"] === undefined) return;
    const answer = await look();
    if (answer?.read?.fact_type === fact.type) await save(answer);
  };
  input.addEventListener("input", () => {
    input.dataset["typed"] = "";
    clearTimeout(timer);
    timer = setTimeout(() => void look(), PAUSE);
  });
  input.addEventListener("change", () => void commit());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") void commit();
    else if (event.key === "Escape") back();
  });
  return input;
}

function goToFact(body: HTMLElement, name: string): void {
  openPanel("facts");
  const row = [...body.querySelectorAll<HTMLElement>("tr[data-fact]")].find((one) => one.dataset["fact"] === name);
  row?.scrollIntoView({ block: "nearest" });
  (row?.querySelector<HTMLElement>("input") ?? row?.querySelector<HTMLElement>("button"))?.focus();
}

/** Ask for the name and the value of a new fact. */
function newFact(): void {
  const said = el("p", { class: "said", role: "status" });
  const name = el("input", { id: freshId("name"), autocomplete: "off", spellcheck: "false", required: true });
  const value = el("input", { id: freshId("value"), autocomplete: "off", spellcheck: "false", required: true });
  let answer: ValueRead | null = null;
  const look = async () => {
    const text = value.value;
    const read = await readValue(text, "", "");
    if (value.value !== text) return;
    answer = read;
    const words = read.read ? writtenLanguages().map((language) => read.shown[language.code]?.[""] ?? "").filter(Boolean).join(" · ") : "";
    said.className = read.read ? "help" : "said";
    said.textContent = read.read ? t("A {type}: {words}", { type: typeName(read.read.fact_type), words }) : text.trim() ? t("Write a number, date, amount or other value, such as 21 Aug 2018 or $14 million") : "";
  };
  name.addEventListener("input", () => {
    const at = name.selectionStart;
    name.value = name.value.toLowerCase().replace(/[ -]/g, "_");
    name.setSelectionRange(at, at);
  });
  value.addEventListener("input", () => void look());
  const put = async (event: Event) => {
    event.preventDefault();
    await look();
    if (!answer?.read) return value.focus();
    try {
      await putFact(name.value.trim(), answer.read.fact_type, answer.read.notation, null);
      dialog.close();
      document.dispatchEvent(new CustomEvent("go-to-fact", { detail: name.value.trim() }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      said.className = "said";
      said.textContent = refusal(error);
    }
  };
  const form = el("form", { class: "form", onsubmit: (event: Event) => void put(event) },
    el("label", { for: name.id }, t("Name")), name, el("p", { class: "help" }, t("A short English word, such as held or attendance")),
    el("label", { for: value.id }, t("Value")), value, said,
    el("div", { class: "acts" }, el("button", { class: "button first" }, t("Make the fact")), el("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("Cancel"))));
  const dialog = openDialog(t("New fact"), [form]);
  name.focus();
}
