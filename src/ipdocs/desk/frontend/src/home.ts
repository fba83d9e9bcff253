// Home: what is waiting, and the documents of the folder.
import { call, Refused } from "./api";
import { beginFrom, duplicate, fromLastYear, newMeeting, newRelease } from "./begin";
import { note, openMenu } from "./dialog";
import { el, fill } from "./dom";
import { dropArea } from "./drop";
import { onEvent } from "./events";
import { drawRow, titleOf } from "./home-rows";
import type { HomeRow } from "./home-types";
import { countToday, drawWaiting } from "./home-waiting";
import { importFiles } from "./import";
import { bindKeys } from "./keys";
import { say } from "./say";
import { go } from "./shell";
import type { DeskEvent, DeskInfo } from "./types";
import { n, t, when } from "./words";

const PAUSE = 150;
const KINDS = [["", "Releases and minutes"], ["press-release", "Press releases"], ["minutes", "Minutes"]] as const;

let rows: HomeRow[] = [];
/** The documents that the search left; null while nothing is searched. */
let hits: Set<string> | null = null;
let forget = (): void => {};

/** Draw Home. */
export async function showHome(main: HTMLElement, _name: string, info: DeskInfo): Promise<void> {
  forget();
  main.setAttribute("aria-busy", "true");
  rows = (await call<{ documents: HomeRow[] }>("GET", "/documents")).documents;
  hits = null;
  main.removeAttribute("aria-busy");
  const [lead, waiting] = [el("div", { class: "lead" }), el("div", { class: "waiting-place" })];
  const body = el("tbody");
  const [find, kind] = drawFilters(body);
  const list = el("section", { "aria-labelledby": "documents" },
    el("div", { class: "list-head" }, el("h2", { id: "documents" }, t("Documents")), el("label", { class: "unseen", for: "find" }, t("Find a document")), find, el("label", { class: "unseen", for: "kind" }, t("Kind")), kind),
    drawTable(body), el("p", { class: "quiet", id: "no-hits", hidden: true }, t("No document has these words.")));
  const empty = el("div", { class: "empty", hidden: true });
  main.append(lead, waiting, empty, list, dropArea(importFiles), foot(info));
  const draw = (): void => {
    fill(lead, el("div", {}, el("h1", {}, when(new Date(), { weekday: "long", day: "numeric", month: "long", year: "numeric" })), el("p", {}, today())), begin());
    fill(waiting, drawWaiting(rows, new Date()));
    waiting.hidden = !waiting.hasChildNodes();
    list.hidden = !rows.length;
    empty.hidden = rows.length > 0;
    fill(empty, ...(rows.length ? [] : emptyWorkspace()));
  };
  draw();
  drawRows(body);
  await search(body);
  listen(main, body, draw);
}

function today(): string {
  const count = countToday(rows, new Date());
  return count ? n(count, "{n} release goes out today.", "{n} releases go out today.") : t("No release goes out today.");
}

function begin(): HTMLElement {
  return el("div", { class: "begin" },
    el("button", { type: "button", class: "button first", onclick: newRelease }, t("New release")),
    el("button", { type: "button", class: "button", onclick: () => newMeeting(() => rows) }, t("New meeting")),
    el("button", { type: "button", class: "button", onclick: () => fromLastYear(() => rows) }, t("From last year’s…")));
}

function emptyWorkspace(): HTMLElement[] {
  return [el("h2", {}, t("This folder has no documents yet")),
    el("p", {}, t("Each document that you begin gets a folder of its own here. Its words stay in plain files, which you can copy, mail and keep as you like. Nothing leaves this computer.")),
    el("p", {}, t("Begin with one of the buttons above, drop a Word file below, or copy documents that you have into this folder."))];
}

function drawTable(body: HTMLTableSectionElement): HTMLElement {
  const heads = [t("Document"), t("Issued"), t("Languages"), t("Findings")].map((words) => el("th", { scope: "col" }, words));
  return el("table", { class: "docs" },
    el("thead", {}, el("tr", {}, ...heads, el("th", { scope: "col", class: "last" }, t("Last change")), el("th", { scope: "col", class: "menu-cell" }, el("span", { class: "unseen" }, t("Menu"))))), body);
}

function drawFilters(body: HTMLTableSectionElement): [HTMLInputElement, HTMLSelectElement] {
  const asked = new URLSearchParams(location.search);
  let timer = 0;
  const find = el("input", { id: "find", type: "search", placeholder: t("Title, words, reference"), value: asked.get("q") ?? "", oninput: () => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(body, true), PAUSE);
  } });
  const kind = el("select", { id: "kind", onchange: () => void search(body, true) }, ...KINDS.map(([value, words]) => el("option", { value, selected: value === asked.get("kind") }, t(words))));
  return [find, kind];
}

/** Show only the documents that have the words of the search and are of the chosen kind; the address says so, too. */
async function search(body: HTMLTableSectionElement, isNew = false): Promise<void> {
  const query = find().value.trim();
  if (isNew) {
    const address = new URLSearchParams([...(query ? [["q", query]] : []), ...(kind() ? [["kind", kind()]] : [])]);
    history.replaceState(null, "", `/${address.size ? `?${address}` : ""}`);
  }
  if (query) {
    const answer = await call<{ documents: HomeRow[] }>("GET", `/documents?q=${encodeURIComponent(query)}`);
    if (!body.isConnected || find().value.trim() !== query) return;
    hits = new Set(answer.documents.map(({ document }) => document));
  } else hits = null;
  showHits(body);
  if (isNew) say(n(shownRows(body).length, "{n} document", "{n} documents"));
}

function find(): HTMLInputElement {
  return document.getElementById("find") as HTMLInputElement;
}

function kind(): string {
  return (document.getElementById("kind") as HTMLSelectElement).value;
}

function showHits(body: HTMLTableSectionElement): void {
  const chosen = kind();
  const lines = new Map([...body.rows].map((line) => [line.dataset["document"], line]));
  for (const row of rows) {
    const drawn = lines.get(row.document);
    if (drawn) drawn.hidden = (hits !== null && !hits.has(row.document)) || (chosen !== "" && row.kind !== chosen);
  }
  const noHits = document.getElementById("no-hits");
  if (noHits) noHits.hidden = !rows.length || shownRows(body).length > 0;
}

function shownRows(body: HTMLTableSectionElement): HTMLElement[] {
  return [...body.querySelectorAll<HTMLElement>("tr:not([hidden])")];
}

function rowOf(body: HTMLTableSectionElement, name: string): HTMLElement | null {
  return body.querySelector<HTMLElement>(`tr[data-document="${CSS.escape(name)}"]`);
}

function drawRows(body: HTMLTableSectionElement): void {
  fill(body, ...rows.map((row) => drawRow(row, openRowMenu)));
  showHits(body);
}

/** Follow what happens while Home is shown: rows that were made anew, documents that came or went. */
function listen(main: HTMLElement, body: HTMLTableSectionElement, draw: () => void): void {
  let [timer, drawTimer] = [0, 0];
  const readAgain = async (): Promise<void> => {
    if (!main.isConnected) return forget();
    try {
      rows = (await call<{ documents: HomeRow[] }>("GET", "/documents")).documents;
    } catch (error) {
      if (error instanceof Refused) throw error;
      return;
    }
    keepFocus(body, () => drawRows(body));
    draw();
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void readAgain(), 1000);
  };
  const take = (event: DeskEvent): void => {
    if (!main.isConnected) return forget();
    const fresh = new Map((event["rows"] as HomeRow[] | undefined)?.map((row) => [row.document, row]));
    const known = rows.filter(({ document }) => fresh.has(document));
    if (event.type !== "documents" || !fresh.size || known.length < fresh.size) {
      if (["documents", "saved", "changed", "lost"].includes(event.type)) later();
      return;
    }
    rows = rows.map((row) => fresh.get(row.document) ?? row);
    keepFocus(body, () => {
      for (const row of fresh.values()) rowOf(body, row.document)?.replaceWith(drawRow(row, openRowMenu));
    });
    showHits(body);
    clearTimeout(drawTimer);
    drawTimer = setTimeout(draw, 50);
  };
  forget = onEvent(take);
  bindKeys({ keys: "F2", does: "Menu of the document", act: () => {
    const row = document.activeElement?.closest<HTMLElement>("tr[data-document]");
    row?.querySelector<HTMLElement>(".more")?.click();
    return Boolean(row);
  } });
}

/** Draw something anew, and give the focus back to the same control of the same row. */
function keepFocus(body: HTMLTableSectionElement, draw: () => void): void {
  const focused = body.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const name = focused?.closest<HTMLElement>("tr")?.dataset["document"];
  draw();
  if (name) rowOf(body, name)?.querySelector<HTMLElement>(focused?.matches(".more") ? ".more" : "a")?.focus();
}

function openRowMenu(row: HomeRow, button: HTMLElement): void {
  openMenu(button, titleOf(row), [
    { label: t("Open"), act: () => void go(`/d/${row.document}`) },
    { label: t("Approve"), act: () => void go(`/d/${row.document}/approve`) },
    { label: t("Begin another from this…"), act: () => beginFrom(row), disabled: row.kind === "press-release" ? false : t("For meetings: New meeting") },
    { label: t("Duplicate…"), act: () => duplicate(row) },
    { label: t("Show in its folder"), act: () => void act("/documents/show", row) },
    "line",
    { label: t("Move to the archive"), act: () => void archive(row) },
  ]);
}

async function archive(row: HomeRow): Promise<void> {
  const moved = await act<{ document: string }>("/documents/archive", row);
  if (!moved) return;
  const back = (): void => void act("/documents/archive", { ...row, document: moved.document });
  note(t("“{title}” is in the archive", { title: titleOf(row) }), { label: t("Undo"), act: back }, 10);
}

async function act<T>(path: string, row: HomeRow): Promise<T | null> {
  try {
    return (await call<T>("POST", path, { document: row.document })) ?? null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const [finding] = error.failure.findings ?? [];
    note(finding?.code === "shared-folder" ? t("Its folder has other documents, too. Move its files with the file manager.") : (finding?.message ?? t("This cannot be done on this computer.")));
    return null;
  }
}

function foot(info: DeskInfo): HTMLElement {
  return el("p", { class: "foot" },
    el("span", {}, t("These documents are files in {folder}. Nothing leaves this computer.", { folder: info.folder })),
    el("span", {}, t("ipdocs desk {version}; F1 shows the keys", { version: info.version })));
}
