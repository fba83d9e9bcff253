// Dialogs that begin a document: of a kind, after the last meeting, or from an earlier document.
import { call, Refused } from "./api";
import { dateAndTime, dayOf, daysFrom } from "./dates";
import { openDialog } from "./dialog";
import { el, fill, freshId, type Child } from "./dom";
import { onEvent } from "./events";
import { titleOf } from "./home-rows";
import type { HomeRow } from "./home-types";
import { go } from "./shell";
import { t } from "./words";

/** Ask for the name of a new release, and make it. */
export function newRelease(): void {
  askName(t("New release"), `release-${dayOf(new Date())}`, t("Make the release"), () => ({ kind: "press-release" }));
}

/** Ask which meeting a new one follows, and make its agenda. Meetings whose files are still being read are added as they come. */
export function newMeeting(rows: () => HomeRow[]): void {
  const id = freshId();
  let chosen: string | null = null;
  const select = el("select", { id, onchange: () => void (chosen = select.value) });
  const draw = (): void => {
    const meetings = rows().filter(({ kind, meeting }) => kind === "minutes" && meeting).sort((a, b) => (b.meeting ?? "").localeCompare(a.meeting ?? ""));
    fill(select, ...meetings.map((row) => el("option", { value: row.document }, t("{title}, {day}", { title: titleOf(row), day: dateAndTime(row.meeting ?? "", new Date()) }))), el("option", { value: "" }, t("No earlier meeting")));
    if (chosen !== null) select.value = chosen;
  };
  const help = el("p", { class: "help" }, t("The standing items and the open actions of that meeting are taken over."));
  const field = el("div", { class: "field" }, el("label", { for: id }, t("It follows the meeting")), select, help);
  askName(t("New meeting"), `meeting-${dayOf(new Date())}`, t("Make the agenda"), () => (select.value ? { from: select.value } : { kind: "minutes" }), [field]);
  follow(select, draw);
}

/** Draw something again whenever the documents are read anew, while it is shown. */
function follow(part: HTMLElement, draw: () => void): void {
  draw();
  const leave = onEvent(({ type }) => {
    if (!part.isConnected) leave();
    else if (type === "documents") queueMicrotask(draw); // after Home has taken the row
  });
}

/** Show the releases that were issued, the newest first, to begin from one of them. */
export function fromLastYear(rows: () => HomeRow[]): void {
  const now = new Date();
  const part = el("div");
  const begin = (row: HomeRow) => () => {
    dialog.close();
    beginFrom(row);
  };
  const item = (row: HomeRow) => el("li", {}, el("button", { type: "button", class: "pick", "data-document": row.document, onclick: begin(row) },
    el("span", { class: "pick-title" }, titleOf(row)),
    ...row.languages.filter(({ code, derived_from }) => !derived_from && code !== row.original && row.title[code]).map(({ code, tag }) => el("span", { class: "pick-other", lang: tag }, row.title[code])),
    el("span", { class: "sub" }, dateAndTime(row.issued ?? "", now))));
  const draw = (): void => {
    const focused = document.activeElement instanceof HTMLElement && part.contains(document.activeElement) ? document.activeElement.dataset["document"] : undefined;
    const issued = rows().filter(({ kind, issued: day }) => kind === "press-release" && day && daysFrom(day, now) <= 0).sort((a, b) => (b.issued ?? "").localeCompare(a.issued ?? ""));
    fill(part, issued.length ? el("ul", { class: "picks" }, ...issued.map(item)) : el("p", {}, t("No release of this folder was issued yet. Begin with New release, or import the Word file of last year’s.")));
    if (focused) part.querySelector<HTMLElement>(`[data-document="${CSS.escape(focused)}"]`)?.focus();
  };
  const cancel = el("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("Cancel"));
  const dialog = openDialog(t("Begin from an earlier release"), [part, el("div", { class: "acts" }, cancel)]);
  follow(part, draw);
  part.querySelector<HTMLElement>("button")?.focus();
}

/** Ask for the name of a document that begins from another, and make it: its facts are marked until they are looked at. */
export function beginFrom(row: HomeRow): void {
  askName(t("Begin from “{title}”", { title: titleOf(row) }), `${nameBefore(row)}-${dayOf(new Date()).slice(0, 4)}`, t("Begin from this"), () => ({ from: row.document }),
    [el("p", { class: "help" }, t("The words are taken over. Each fact is marked until its value is changed or kept, and a final build waits for that."))]);
}

/** Ask for the name of a copy, and make it. */
export function duplicate(row: HomeRow): void {
  askName(t("Duplicate “{title}”", { title: titleOf(row) }), `${nameBefore(row)}-copy`, t("Duplicate"), () => ({ from: row.document, copy: true }));
}

function nameBefore(row: HomeRow): string {
  const parts = row.document.split(":");
  const name = (parts.at(-2) ?? parts.at(-1) ?? "").replace(/\.ya?ml$/, "");
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").replace(/-(19|20)\d\d(-copy)?$/, "");
}

function askName(heading: string, suggestion: string, yes: string, request: () => Record<string, unknown>, before: Child[] = []): void {
  const [id, help, problem] = [freshId(), freshId(), freshId()];
  const input = el("input", { id, value: suggestion, required: true, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": `${help} ${problem}` });
  const wrong = el("p", { class: "error", id: problem, role: "alert" });
  const make = async (): Promise<void> => {
    fill(wrong);
    input.removeAttribute("aria-invalid");
    try {
      const made = await call<{ document: string }>("POST", "/documents", { ...request(), name: input.value.trim() });
      dialog.close();
      await go(`/d/${made.document}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      input.setAttribute("aria-invalid", "true");
      fill(wrong, reasonOf(error));
      input.focus();
    }
  };
  const form = el("form", { onsubmit: (event: Event) => {
    event.preventDefault();
    void make();
  } }, ...before,
    el("div", { class: "field" }, el("label", { for: id }, t("Name of its folder")), input, wrong,
      el("p", { class: "help", id: help }, t("Small letters, figures and hyphens, such as seminar-2026. The title is written on the page."))),
    el("div", { class: "acts" }, el("button", { class: "button first" }, yes), el("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("Cancel"))));
  const dialog = openDialog(heading, [form]);
  input.focus();
  input.select();
}

function reasonOf(error: Refused): string {
  const [finding] = error.failure.findings ?? [];
  if (finding?.code === "file-exists") return t("There is a document of this name already. Choose another name.");
  if (finding?.code === "bad-id") return t("Write small letters, figures and hyphens only, and begin with a letter.");
  if (finding?.code === "no-next-meeting") return t("The minutes of that meeting do not say when the next one is. Write it into them first.");
  return finding ? finding.message : t("This cannot be done now.");
}
