// What is waiting, on Home: releases that go out within a day and are not finished, and meetings within a week.
import { clock, daysFrom, parse } from "./dates";
import { el } from "./dom";
import { openTexts, titleOf } from "./home-rows";
import type { HomeRow } from "./home-types";
import { n, t, when } from "./words";

const MOST = 6;
const DAY = 24 * 60 * 60 * 1000;
type Waiting = { row: HomeRow; at: number; when: string; words: string; tone: "error" | "draft" | "stale" };

/** Draw what is waiting, the most urgent first; nothing where nothing is. */
export function drawWaiting(rows: HomeRow[], now: Date): HTMLElement | null {
  const items = rows.map((row) => waitingOf(row, now)).filter((item) => item !== null).sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).slice(0, MOST);
  if (!items.length) return null;
  const cards = items.map((item) => {
    const card = el("li", { class: `todo of-${item.tone}` },
      el("p", { class: "when" }, item.when),
      el("h3", {}, el("a", { href: `/d/${item.row.document}` }, titleOf(item.row))),
      el("p", {}, item.words));
    return card;
  });
  return el("section", { "aria-labelledby": "waiting" }, el("h2", { id: "waiting" }, t("Waiting for you")), el("ul", { class: "waiting" }, ...cards));
}

/** How many releases go out today. */
export function countToday(rows: HomeRow[], now: Date): number {
  return rows.filter((row) => row.kind === "press-release" && row.issued && daysFrom(row.issued, now) === 0).length;
}

function waitingOf(row: HomeRow, now: Date): Waiting | null {
  const words = [...problems(row)];
  const errors = (row.findings?.errors ?? 0) + (row.problem ? 1 : 0);
  if (row.meeting) {
    const days = daysFrom(row.meeting, now);
    if (days < 0 || days > 7) return null;
    const said = days === 0 ? t("Meeting today") : days === 1 ? t("Meeting tomorrow") : t("Meeting on {day}", { day: when(parse(row.meeting), { weekday: "long" }) });
    return { row, at: parse(row.meeting).getTime(), when: said, words: words.join(" ") || (row.is_agenda ? t("The agenda is ready.") : t("All is written.")), tone: "stale" };
  }
  const usual = usualOf(row, words, errors, now);
  if (usual) return usual;
  if (row.remarks) return { row, at: Infinity, when: t("Came back with remarks"), words: words.join(" "), tone: "draft" };
  return row.approval?.changed.length ? { row, at: Infinity, when: t("Changed since approval"), words: words.join(" "), tone: "stale" } : null;
}

/** A release that goes out within a day and is not finished. */
function usualOf(row: HomeRow, words: string[], errors: number, now: Date): Waiting | null {
  if (!row.issued || row.kind !== "press-release" || !words.length) return null;
  const moment = parse(row.issued);
  const days = daysFrom(row.issued, now);
  if (days < 0 || (days > 0 && moment.getTime() > now.getTime() + DAY)) return null;
  const time = row.issued.length === 10 ? "" : clock(moment);
  const said = days === 0 ? (time ? t("Goes out today, {time}", { time }) : t("Goes out today")) : time ? t("Goes out tomorrow, {time}", { time }) : t("Goes out tomorrow");
  return { row, at: moment.getTime(), when: said, words: words.join(" "), tone: errors ? "error" : "draft" };
}

function* problems(row: HomeRow): Generator<string> {
  const { draft, changed, missing } = openTexts(row);
  const found = (row.findings?.errors ?? 0) + (row.problem ? 1 : 0);
  if (found) yield n(found, "{n} finding to mend.", "{n} findings to mend.");
  if (draft) yield n(draft, "{n} draft to confirm.", "{n} drafts to confirm.");
  if (changed) yield n(changed, "{n} text whose original has changed.", "{n} texts whose original has changed.");
  if (missing) yield n(missing, "{n} text not written yet.", "{n} texts not written yet.");
  if (row.remarks) yield n(row.remarks, "{n} remark to settle.", "{n} remarks to settle.");
  if (row.approval?.changed.length) yield n(row.approval.changed.length, "{n} block changed since it was approved.", "{n} blocks changed since it was approved.");
  if (row.inherited) yield n(row.inherited, "{n} fact from last year to look at.", "{n} facts from last year to look at.");
}
