// The Settings page of a document: every field of its head as a form, made from the schema that the server sends.
import { call, documentPath, Refused } from "./api";
import { showDocumentHead } from "./document-head";
import { el, fill, freshId, icon } from "./dom";
import { historyPart } from "./forget-history";
import { startFindings } from "./findings";
import { say } from "./say";
import { load, onChange, openDocument, step, theDocument } from "./store";
import type { Language, Message } from "./types";
import { m, t } from "./words";

type Plain = string | null | Plain[] | { [name: string]: Plain };
type Field = {
  /** The keys that lead to the value, joined with dots. */
  key: string;
  name: Message;
  help: Message;
  required: boolean;
  type: "text" | "value" | "choice" | "yes" | "choices" | "languages" | "record" | "list" | "map";
  value: Plain;
  shown?: string;
  kind?: string;
  long?: boolean;
  has_markup?: boolean;
  choices?: { value: string; name: Message }[];
  default?: string;
  by_language?: boolean;
  lang?: string;
  fields?: Field[];
  empty?: Field;
};
/** Takes the new value of a field; null removes it. */
type Put = (value: Plain) => Promise<void>;
/** Puts the new value of a field, which needs the value before. */
type PutOf = (field: Field) => Put;

let root: HTMLElement;
let stop = (): void => {};

/** Draw the Settings page. */
export async function showSettings(main: HTMLElement, name: string): Promise<void> {
  showDocumentHead(await load(name));
  startFindings();
  root = el("form", { class: "settings", onsubmit: (event: Event) => event.preventDefault() });
  main.append(el("h2", {}, t("Settings of this document")), el("p", { class: "quiet" }, t("Each change is saved at once, and can be undone.")), root, historyPart(name));
  await redraw();
  stop();
  stop = onChange((view) => {
    if (!root.isConnected) return stop();
    showDocumentHead(view);
    void redraw();
  });
}

async function redraw(): Promise<void> {
  const { fields } = await call<{ fields: Field[] }>("GET", documentPath(theDocument().document, "/settings"));
  if (!root.isConnected || !openDocument()) return;
  if (!knowsLanguages(fields)) await load(theDocument().document); // a language was added
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["key"] : undefined;
  const open = new Set([...root.querySelectorAll("details[open]")].map((part) => (part as HTMLElement).dataset["group"]));
  fill(root, fields.map((field) => drawField(field, putOf)));
  for (const part of root.querySelectorAll<HTMLDetailsElement>("details")) part.open ||= open.has(part.dataset["group"]);
  if (focused) [...root.querySelectorAll<HTMLElement>("[data-key]")].find((input) => input.dataset["key"] === focused)?.focus();
}

function knowsLanguages(fields: Field[]): boolean {
  return fields.every((field) => (!field.lang || languageOf(field)) && knowsLanguages(field.fields ?? []));
}

/** Save a field as one step; what is wrong with it stands below it. */
function putOf(field: Field): Put {
  return async (value) => {
    const place = [...root.querySelectorAll<HTMLElement>("[data-problem]")].find((part) => part.dataset["problem"] === field.key);
    const input = [...root.querySelectorAll<HTMLElement>("[data-key]")].find((part) => part.dataset["key"] === field.key);
    try {
      await step([{ type: "head", key: field.key, value, before: field.value }]);
      say(t("Saved"));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const [finding] = error.failure.findings ?? [];
      if (!finding && !error.failure.stale) throw error;
      const words = finding ? [finding.message, finding.hint].filter(Boolean).join(": ") : t("Somebody else has changed this; the page shows the value of now.");
      if (!finding) await redraw();
      if (place) fill(place, icon("stop", "error"), words);
      input?.setAttribute("aria-invalid", "true");
      say(words);
    }
  };
}

function drawField(field: Field, put: PutOf): HTMLElement {
  switch (field.type) {
    case "languages": return drawLanguages(field, put);
    case "record": return drawGroup(field, (field.fields ?? []).map((part) => drawField(part, put)), put);
    case "list":
    case "map": return drawEntries(field, put);
    case "choices": return drawChoices(field, put(field));
    default: return drawLabelled(field, put(field), [sameOrApart(field, put)]);
  }
}

/** A field with one control. */
function drawLabelled(field: Field, put: Put, extra: (Node | null)[] = []): HTMLElement {
  const id = freshId("setting");
  const help = m(field.help);
  const language = languageOf(field);
  const described = help && !field.lang ? `${id}-help` : null;
  const control = drawControl(field, put, { id, "data-key": field.key, "aria-describedby": described, lang: language?.tag ?? null });
  const label = language ? el("label", { for: id, class: "lang-label" }, el("span", { lang: language.tag }, language.name)) : el("label", { for: id }, m(field.name));
  return el("div", { class: field.lang ? "setting of-language" : "setting" }, label,
    el("div", { class: "control" }, control, ...extra, described ? el("p", { class: "help", id: described }, help) : null, problem(field)));
}

function drawControl(field: Field, put: Put, props: Record<string, string | null>): HTMLElement {
  const readOnly = theDocument().read_only !== null;
  if (field.has_markup)
    return el("p", { ...props, class: "fixed" }, field.shown ?? "", " ", el("a", { href: `/d/${theDocument().document}` }, t("Change it on the page Write")));
  if (field.type === "yes") {
    const box = el("input", { ...props, type: "checkbox", checked: field.value === "true", disabled: readOnly, onchange: () => void put(box.checked ? "true" : null) });
    return box;
  }
  if (field.type === "choice") {
    const fallback = field.choices?.find(({ value }) => value === field.default);
    const first = field.required ? [] : [el("option", { value: "" }, fallback ? t("Not stated: {choice}", { choice: m(fallback.name) }) : t("Not stated"))];
    const options = (field.choices ?? []).map(({ value, name }) => el("option", { value, selected: value === field.value }, m(name)));
    const select = el("select", { ...props, disabled: readOnly, onchange: () => void put(select.value || null) }, first, options);
    return select;
  }
  const common = { ...props, readonly: readOnly, onchange: () => void put(input.value.trim() || null) };
  const input: HTMLInputElement | HTMLTextAreaElement = field.long ? el("textarea", { ...common, rows: 3 }, field.shown ?? "") : el("input", { ...common, type: "text", value: field.shown ?? "", size: field.type === "value" ? 22 : null });
  return input;
}

/** A value for each language, or one for all with the way to give each language its own. */
function drawLanguages(field: Field, put: PutOf): HTMLElement {
  const parts = (field.fields ?? []).map((part) => drawField(part.type === "record" ? { ...part, name: { text: languageOf(part)?.name ?? "" }, help: { text: "" } } : part, put));
  const single = field.fields?.length === 1 && field.by_language === undefined;
  if (single && parts[0]) return drawSingle(field, put);
  return drawSet(field, [...parts, sameOrApart(field, put)]);
}

/** The button that gives each language a value of its own, or all languages the same. */
function sameOrApart(field: Field, put: PutOf): HTMLElement | null {
  if (field.by_language === undefined || field.value === null || theDocument().read_only !== null) return null;
  const codes = theDocument().languages.filter((language) => !language.derived_from).map(({ code }) => code);
  if (field.by_language && typeof Object.values(field.value)[0] !== "string") return null;
  const value = field.by_language ? Object.values(field.value)[0] as Plain : Object.fromEntries(codes.map((code) => [code, field.value]));
  const words = field.by_language ? t("The same in all languages") : t("Different in each language");
  return el("button", { class: "button small plain", type: "button", onclick: () => void put(field)(value) }, words);
}

/** A text of a record that is written in one language only. */
function drawSingle(field: Field, put: PutOf): HTMLElement {
  const [part] = field.fields ?? [];
  return part ? drawLabelled({ ...part, name: field.name, help: field.help, lang: "" }, put(part)) : drawSet(field, []);
}

function drawSet(field: Field, parts: (HTMLElement | null)[]): HTMLElement {
  const help = m(field.help);
  return el("fieldset", { class: "setting set" }, el("legend", {}, m(field.name)), el("div", { class: "control" }, help ? el("p", { class: "help" }, help) : null, parts, problem(field)));
}

/** Fields that belong together; those that the document does not have are put in together. */
function drawGroup(field: Field, parts: HTMLElement[], put: PutOf): HTMLElement {
  const group = el("details", { class: "setting group", "data-group": field.key, open: field.value !== null && !field.key.includes(".", field.key.indexOf(".") + 1) }, el("summary", {}, m(field.name), el("span", { class: "quiet" }, m(field.help))));
  if (field.value !== null) {
    const remove = field.required || theDocument().read_only ? null : el("button", { class: "button small plain", type: "button", onclick: () => void put(field)(null) }, t("Remove {name}", { name: m(field.name) }));
    group.append(...parts, el("div", { class: "acts" }, remove), problem(field));
  } else if (theDocument().read_only === null) group.append(...drawDraft(field, (value) => put(field)(value), t("Put in")), problem(field));
  return group;
}

/** The entries of a list or mapping, each of which can be changed or removed, and an empty one to put in. */
function drawEntries(field: Field, put: PutOf): HTMLElement {
  const isMap = field.type === "map";
  const canWrite = theDocument().read_only === null;
  const without = (index: number, name: string): Plain =>
    isMap ? Object.fromEntries(Object.entries((field.value as { [name: string]: Plain }) ?? {}).filter(([key]) => key !== name)) : ((field.value as Plain[]) ?? []).filter((_, at) => at !== index);
  const entries = (field.fields ?? []).map((part, index) => {
    const name = isMap ? m(part.name) : `${m(field.name)} ${index + 1}`;
    const remove = el("button", { class: "button small plain", type: "button", "aria-label": t("Remove {name}", { name }), onclick: () => void put(field)(emptyToNull(without(index, part.key.split(".").at(-1) ?? ""))) }, icon("close"), t("Remove"));
    const drawn = part.type === "record" ? (part.fields ?? []).map((inner) => drawField(inner, put)) : [drawField({ ...part, name: { text: name } }, put)];
    return el("div", { class: "entry", role: "group", "aria-label": name }, part.type === "record" ? el("h3", {}, name) : null, drawn, canWrite ? remove : null);
  });
  const add = (value: Plain, name: string): Promise<void> =>
    put(field)(isMap ? { ...((field.value as { [name: string]: Plain }) ?? {}), [name]: value } : [...((field.value as Plain[]) ?? []), value]);
  const group = el("details", { class: "setting group", "data-group": field.key, open: entries.length > 0 && entries.length < 4 && !field.key.includes(".") },
    el("summary", {}, `${m(field.name)} (${entries.length})`, el("span", { class: "quiet" }, m(field.help))), entries, problem(field));
  if (field.empty && canWrite) group.append(el("details", { class: "new-entry" }, el("summary", {}, t("Put in another")), drawDraft(field.empty, add, t("Put in"), isMap)));
  return group;
}

/** An entry that is not in the document yet: its fields are saved together by a button. */
function drawDraft(field: Field, save: (value: Plain, name: string) => Promise<void>, words: string, named = false): HTMLElement[] {
  const values = new Map<string, Plain>();
  let entryName = "";
  const collect: PutOf = (part) => async (value) => void values.set(part.key, value);
  const nameField: Field = { key: `${field.key}name`, name: { text: "Short name" }, help: { text: "" }, required: true, type: "text", value: null };
  const name = named ? [drawLabelled(nameField, async (value) => void (entryName = String(value ?? "")))] : [];
  const parts = field.type === "record" ? (field.fields ?? []).map((part) => drawField(bare(part), collect)) : [drawField(bare(field), collect)];
  const button = el("button", {
    class: "button small", type: "button",
    onclick: () => {
      if (!named || entryName) void save(valueOf(field, values), entryName);
    },
  }, icon("plus"), words);
  return [...name, ...parts, el("div", { class: "acts" }, button)];
}

/** A field as it is in an entry that is not there yet; nested lists come when the entry is there. */
function bare(field: Field): Field {
  return field.type === "list" ? { ...field, fields: [], type: "record", value: null } : field;
}

/** The plain value of an entry, of what was typed into its fields. */
function valueOf(field: Field, values: Map<string, Plain>): Plain {
  if (!field.fields || field.type === "list" || field.type === "map") return values.get(field.key) ?? null;
  const parts = field.fields.map((part) => [part.key.split(".").at(-1) ?? "", valueOf(part, values)] as const);
  const present = parts.filter(([, value]) => value !== null);
  return present.length ? Object.fromEntries(present) : null;
}

/** A list of known names, as check boxes in the order of the document. */
function drawChoices(field: Field, put: Put): HTMLElement {
  const chosen = ((field.value as string[]) ?? []).slice();
  const boxes = (field.choices ?? []).map(({ value, name }) => {
    const box = el("input", {
      type: "checkbox", "data-key": `${field.key}=${value}`, checked: chosen.includes(value), disabled: theDocument().read_only !== null,
      onchange: () => void put(emptyToNull(box.checked ? [...chosen, value] : chosen.filter((other) => other !== value))),
    });
    return el("label", { class: "choice" }, box, m(name));
  });
  return drawSet(field, [el("div", { class: "choices" }, boxes)]);
}

function problem(field: Field): HTMLElement {
  return el("p", { class: "problem", "data-problem": field.key });
}

function emptyToNull(value: Plain): Plain {
  return value !== null && typeof value === "object" && !Object.keys(value).length ? null : value;
}

function languageOf(field: Field): Language | undefined {
  return theDocument().languages.find(({ code }) => code === field.lang);
}
