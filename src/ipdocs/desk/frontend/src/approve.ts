// The Approve page of a document: its words to be read block by block in all languages, with the page beside them.
import { approvedBy, changedNames, remarkCard, timeOf } from "./approval";
import { Refused, call, documentPath } from "./api";
import { theName, useName } from "./confirm";
import { note } from "./dialog";
import { showDocumentHead, startUndoKeys } from "./document-head";
import { el, fill, icon, type Child } from "./dom";
import { bindKeys } from "./keys";
import { showPagePanel } from "./page";
import { remarkForm } from "./remark-form";
import { drawRow } from "./rows";
import { say } from "./say";
import { load, onChange, openDocument, refresh, step, theDocument } from "./store";
import type { Change, DeskInfo, DocumentView, ToRead } from "./types";
import { m, n, t } from "./words";
import { columns, drawHeads, switchButton } from "./write";

type Page = { blocks: HTMLElement; bar: HTMLElement; empty: HTMLElement; person: string; toRead: ToRead; drawn: Map<string, string>; filter: boolean; switch: HTMLElement };

let page: Page | null = null;
let stop = (): void => {};
let goingOn: Promise<void> = Promise.resolve();

/** Draw the Approve page. */
export async function showApprove(main: HTMLElement, name: string): Promise<void> {
  stop();
  main.setAttribute("aria-busy", "true");
  const person = (await call<DeskInfo>("GET", "/desk")).name;
  useName(person);
  const [view, toRead] = await Promise.all([load(name), ask(name, person)]).finally(() => main.removeAttribute("aria-busy"));
  const blocks = el("ol", { class: "blocks" });
  const bar = el("section", { class: "approve-bar", "aria-label": t("Approval") });
  const empty = el("p", { class: "all-done", hidden: true });
  fill(main, el("h2", { class: "unseen" }, t("The words, to be read")), drawHeads(view), blocks, empty, bar);
  main.style.setProperty("--columns", columns(view));
  main.style.setProperty("--narrow-columns", columns(view));
  main.classList.add("with-derived");
  const aside = el("aside", { class: "aside", "aria-label": t("Page"), id: "aside", hidden: true });
  const editor = el("div", { class: "editor" });
  main.replaceWith(editor);
  editor.append(main, aside);
  const filter = switchButton("", [], (on) => {
    if (page) page.filter = on;
    draw();
  });
  page = { blocks, bar, empty, person, toRead, drawn: new Map(), filter: false, switch: filter };
  const rest = el("div", { class: "rest" }, filter);
  document.querySelector(".tabs")?.append(rest);
  startKeys(blocks);
  showDocumentHead(view);
  draw();
  stop = onChange(() => {
    if (!blocks.isConnected) return stop();
    showDocumentHead(theDocument());
    void update();
  });
  showPagePanel(aside, view, ({ place }) => {
    const row = theDocument().rows.find(({ lines }) => lines.some((line) => line.place === place || Object.values(line.cells).some((cell) => cell.place === place)));
    if (row) focusBlock(row.id);
  });
  const asked = new URLSearchParams(location.search).get("row");
  if (asked) focusBlock(asked);
}

function ask(name: string, person: string): Promise<ToRead> {
  return call<ToRead>("GET", documentPath(name, `/approval?by=${encodeURIComponent(person)}`));
}

/** Ask what is read, and draw it with the words that it is about. */
async function update(): Promise<void> {
  const own = page, view = openDocument();
  if (!own || !view) return;
  const toRead = await ask(view.document, own.person);
  if (own !== page || !own.blocks.isConnected || !openDocument() || toRead.version < own.toRead.version) return;
  own.toRead = toRead;
  if (toRead.version > theDocument().version) await refresh(); // which draws again
  else if (toRead.version === theDocument().version) draw();
}

function draw(): void {
  const own = page;
  if (!own) return;
  const view = theDocument();
  const focused = document.activeElement instanceof HTMLElement && own.blocks.contains(document.activeElement) ? document.activeElement : null;
  const at = { row: focused?.closest<HTMLElement>(".block")?.dataset["row"] ?? "", act: focused?.dataset["act"] ?? "" };
  const old = new Map([...own.blocks.querySelectorAll<HTMLElement>(":scope > .block")].map((block) => [block.dataset["row"] ?? "", block]));
  const blocks = entries(view).map(({ id, key, make }) => {
    let block = old.get(id);
    const form = block?.querySelector<HTMLElement>(":scope > .notes > .remark-form");
    if (!block || own.drawn.get(id) !== key) {
      const here = block?.classList.contains("here") ?? false;
      block = make();
      block.classList.toggle("here", here);
      block.tabIndex = -1;
      own.drawn.set(id, key);
    }
    drawActs(block, id, view);
    if (form && !block.contains(form)) block.querySelector(":scope > .notes")?.append(form); // a remark that is being written
    return block;
  });
  for (const block of old.values()) if (!blocks.includes(block)) block.remove();
  blocks.forEach((block, index) => own.blocks.children[index] !== block && own.blocks.insertBefore(block, own.blocks.children[index] ?? null));
  if (focused?.isConnected) focused.focus({ preventScroll: true });
  else if (focused) {
    const block = blockOf(at.row);
    (block?.querySelector<HTMLElement>(`[data-act="${at.act}"]`) ?? block)?.focus({ preventScroll: true });
  }
  drawFilter(view);
  drawBar(view);
}

type Entry = { id: string; key: string; make: () => HTMLElement };

/** What there is to read: rows, and before those of the body the fields of the head that have no texts. */
function entries(view: DocumentView): Entry[] {
  const fields = page!.toRead.fields;
  const shown = { ...view, read_only: view.read_only ?? { text: "" } };
  const rows = view.rows.map((row): Entry => {
    const values = fields.find(({ id }) => id === row.id)?.values ?? [];
    return {
      id: row.id,
      key: JSON.stringify([row, values]),
      make: () => {
        const block = drawRow(row, shown);
        block.querySelector<HTMLElement>(".disclose")?.click();
        if (values.length) block.append(valuesCell(values.map(m)));
        return block;
      },
    };
  });
  const others = fields.filter(({ id }) => !view.rows.some((row) => row.id === id)).map((field): Entry => ({
    id: field.id,
    key: JSON.stringify(field),
    make: () => el("li", { class: "block", "data-row": field.id, "data-kind": "head", "aria-label": m(field.name) },
      el("div", { class: "side" }, el("h3", {}, m(field.name))), valuesCell(field.values.map(m))),
  }));
  const first = view.rows.findIndex((row) => row.body);
  const index = first < 0 ? rows.length : first;
  return [...rows.slice(0, index), ...others, ...rows.slice(index)];
}

function valuesCell(values: string[]): HTMLElement {
  return el("div", { class: "cell whole" }, el("p", {}, values.join(" · ")));
}

/** What can be done with a block, how it stands with the person, and the remarks on it. */
function drawActs(block: HTMLElement, id: string, view: DocumentView): void {
  const own = page!;
  const name = block.getAttribute("aria-label") ?? "";
  const readAt = own.toRead.read[id];
  const changed = view.approval?.changed.includes(id) ?? false;
  const standing: Child = readAt !== undefined ? el("span", { class: "read" }, icon("tick", "confirmed"), t("Read, {time}", { time: timeOf(readAt) }))
    : changed ? el("span", { class: "since" }, icon("turn", "stale"), t("Changed since {time}", { time: timeOf(view.approval?.at ?? "") })) : null;
  const read = readAt === undefined && !view.read_only
    ? el("button", { type: "button", class: "button small first", "data-act": "read", "aria-label": t("{name}: read", { name }), onclick: () => void readBlock(id, false) }, t("Read")) : null;
  const remark = view.read_only ? null
    : el("button", { type: "button", class: "button small plain", "data-act": "remark", "aria-label": t("{name}: make a remark", { name }), onclick: () => remarkForm(block, id, view, (by) => (own.person = by)) }, t("Remark…"));
  const acts = el("div", { class: "read-acts" }, standing, read, remark);
  const cards = view.remarks.filter((one) => one.row === id).map((one) => remarkCard(one, view));
  const notes = el("div", { class: "notes" }, acts, ...cards);
  const form = block.querySelector(":scope > .notes > .remark-form");
  const before = block.querySelector(":scope > .notes");
  if (form && before) {
    for (const child of [...before.children]) if (child !== form) child.remove();
    before.prepend(acts, ...cards); // the form stays where it is, with the caret in it
  } else if (before) before.replaceWith(notes);
  else block.append(notes);
  block.classList.toggle("is-read", readAt !== undefined);
  block.hidden = own.filter && !isShown(id, view);
}

function isShown(id: string, view: DocumentView): boolean {
  return view.approval ? view.approval.changed.includes(id) : page!.toRead.read[id] === undefined;
}

function drawFilter(view: DocumentView): void {
  const own = page!;
  fill(own.switch, view.approval ? t("Changed since {time}", { time: timeOf(view.approval.at) }) : t("Only what is not read"));
  const any = Object.keys(own.toRead.digests).some((id) => isShown(id, view));
  own.empty.hidden = !own.filter || any;
  fill(own.empty, icon("tick", "confirmed"), view.approval ? t("Nothing has changed since {time}.", { time: timeOf(view.approval.at) }) : t("All is read."));
}

/** How far the reading is, and the button that approves when all is read. */
function drawBar(view: DocumentView): void {
  const { bar, toRead, person } = page!;
  const all = Object.keys(toRead.digests);
  const read = all.filter((id) => toRead.read[id] !== undefined).length;
  const ready = read === all.length && !view.read_only;
  const gone = changedNames(view).filter(({ id }) => !(id in toRead.digests));
  const changed = view.approval?.changed.length ?? 0;
  const done = view.approval && !changed && view.approval.by === person;
  const label = view.kind === "press-release" ? t("Approve the release") : t("Approve the document");
  const hasFocus = bar.contains(document.activeElement);
  fill(bar,
    el("p", { class: "progress-words" }, t("{n} of {total} read", { n: read, total: all.length })),
    view.approval ? el("p", {}, icon(changed ? "turn" : "tick", changed ? "stale" : "confirmed"), " ", approvedBy(view.approval), changed ? ` · ${n(changed, "{n} block changed since", "{n} blocks changed since")}` : "",
      gone.length ? ` · ${gone.map(({ name }) => name).join(t(", "))}` : "") : null,
    done || view.read_only ? null : el("button", { type: "button", class: "button first", id: "approve", "aria-disabled": ready ? null : "true", title: ready ? null : t("Read every block first"), onclick: () => void approve() }, label));
  if (hasFocus) (document.getElementById("approve") ?? blockOf(all[0] ?? ""))?.focus({ preventScroll: true });
}

async function readBlock(id: string, goOn: boolean): Promise<void> {
  const own = page;
  if (!own) return;
  if (own.toRead.read[id] === undefined) {
    const digest = own.toRead.digests[id];
    if (own.toRead.version !== theDocument().version) await update();
    if (digest === undefined || own.toRead.digests[id] !== digest) return note(changedMeanwhile()); // other words are shown now
    if (!(await send((by) => ({ type: "read", row: id, digest, by })))) return;
    say(t("Read"));
  }
  const next = goOn || blockOf(id)?.hidden ? nextUnread(id) : id;
  if (next) focusBlock(next);
  else document.getElementById("approve")?.focus();
}

async function approve(): Promise<void> {
  const own = page;
  if (!own || Object.keys(own.toRead.digests).some((id) => own.toRead.read[id] === undefined)) return say(t("Read every block first"));
  if (!(await send((by) => ({ type: "approve", by })))) return;
  say(t("Approved"));
  note(t("Approved. If anything changes from now on, the desk says so."));
}

/** Make a step in the person's name; returns whether it was made. */
async function send(change: (by: string) => Change): Promise<boolean> {
  const own = page;
  const by = await theName(t("Who reads?"), t("Read"), t("It stands beside what you settle, read and approve. This computer keeps it."));
  if (!own || !by) return false;
  own.person = by;
  try {
    await step([change(by)]);
    await update();
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await update();
    note(error.failure.stale ? changedMeanwhile() : error.message);
    return false;
  }
}

function changedMeanwhile(): string {
  return t("The words have changed in the meantime. Please read them again.");
}

/** The next block that is not read, from a block on and then from the beginning. */
function nextUnread(id: string): string | null {
  const blocks = shownBlocks().map((block) => block.dataset["row"] ?? "");
  const at = blocks.indexOf(id);
  return [...blocks.slice(at + 1), ...blocks.slice(0, Math.max(at, 0))].find((other) => page!.toRead.read[other] === undefined) ?? null;
}

function startKeys(blocks: HTMLElement): void {
  blocks.addEventListener("focusin", (event) => {
    const block = (event.target as Element).closest(".block");
    for (const other of blocks.querySelectorAll(".block.here")) if (other !== block) other.classList.remove("here");
    block?.classList.add("here");
  });
  const here = () => (blocks.isConnected ? document.activeElement?.closest<HTMLElement>(".blocks > .block")?.dataset["row"] : undefined);
  const move = (by: 1 | -1) => () => {
    const shown = shownBlocks();
    const at = shown.findIndex((block) => block.dataset["row"] === here());
    const to = shown[at < 0 ? 0 : at + by];
    if (to) focusBlock(to.dataset["row"] ?? "");
    return blocks.isConnected;
  };
  startUndoKeys();
  bindKeys(
    { keys: "Ctrl+Enter", does: "Read, and go on to the next block", act: () => {
      if (!blocks.isConnected || document.querySelector("dialog[open]")) return false;
      const going = goingOn.then(() => { // pressed twice in a row, the second is for the next block
        const id = here() ?? nextUnread("");
        return id ? readBlock(id, true) : undefined;
      });
      goingOn = going.catch(reportError);
      return true;
    } },
    { keys: "Ctrl+Up", does: "Previous block", act: move(-1) },
    { keys: "Ctrl+Down", does: "Next block", act: move(1) },
  );
}

function shownBlocks(): HTMLElement[] {
  return [...(page?.blocks.querySelectorAll<HTMLElement>(":scope > .block") ?? [])].filter((block) => !block.hidden);
}

function blockOf(id: string): HTMLElement | undefined {
  return [...(page?.blocks.querySelectorAll<HTMLElement>(":scope > .block") ?? [])].find((block) => block.dataset["row"] === id);
}

/** Go to a block: to its first button, so that the keys that follow are those of the block. */
function focusBlock(id: string): void {
  const block = blockOf(id);
  if (!block) return;
  block.hidden = false;
  (block.querySelector<HTMLElement>('[data-act="read"], [data-act="remark"]') ?? block).focus({ preventScroll: true });
  block.scrollIntoView({ block: "nearest" });
}
