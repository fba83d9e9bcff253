// What has changed since somebody approved the document, and the remarks of readers, wherever they are told.
import { theName } from "./confirm";
import { clock, dateAndTime, daysFrom, parse } from "./dates";
import { el, freshId, icon } from "./dom";
import { blockOf, showCards } from "./card-groups";
import { openDocument, step } from "./store";
import type { Approval, DocumentView, Remark } from "./types";
import { m, n, t } from "./words";

/** "Approved by Chan, 14:10". */
export function approvedBy(approval: Approval): string {
  return t("Approved by {name}, {time}", { name: approval.by, time: timeOf(approval.at) });
}

/** A moment as one says it: the time alone today. */
export function timeOf(at: string): string {
  const now = new Date();
  return daysFrom(at, now) === 0 ? clock(parse(at)) : dateAndTime(at, now);
}

/** Who made a remark, and when. */
export function since(remark: Remark): string {
  return t("{name}, {time}", { name: remark.by, time: timeOf(remark.at) });
}

/** What has changed since the approval, with the names that people know; what was taken out has only its short name. */
export function changedNames(view: DocumentView): { id: string; name: string }[] {
  return (view.approval?.changed ?? []).map((id) => {
    const name = view.rows.find((row) => row.id === id)?.name ?? view.approval?.names[id];
    return { id, name: name ? m(name) : t("{name} (taken out)", { name: id }) };
  });
}

/** "2 blocks have changed since approval", or "". */
export function changedSince(view: DocumentView | null): string {
  const count = view?.approval?.changed.length ?? 0;
  return count ? n(count, "{n} block has changed since approval", "{n} blocks have changed since approval") : "";
}

/** What a page says of the approval before and after something is made of the document; null where nobody approved it. */
export function approvalNote(view: DocumentView): HTMLElement | null {
  const { approval } = view;
  if (!approval) return null;
  const changed = changedNames(view);
  if (!changed.length) return el("p", { class: "approval-note" }, icon("tick", "confirmed"), approvedBy(approval));
  const names = changed.slice(0, 5).map(({ name }) => name).join(t(", "));
  return el("p", { class: "approval-note" }, icon("turn", "stale"), el("span", {},
    el("b", {}, t("Changed since approval: {names}", { names: changed.length > 5 ? t("{names} and {n} more", { names, n: changed.length - 5 }) : names })), ". ",
    approvedBy(approval), ". ", el("a", { href: `/d/${view.document}/approve` }, t("Read what changed"))));
}

/** Show on the Write page which rows have changed since the approval, and the remarks that are to be settled. */
export function showApproval(): void {
  const view = openDocument();
  if (!view) return;
  const changed = new Set(view.approval?.changed);
  for (const row of view.rows) {
    const side = blockOf(row.id)?.querySelector(":scope > .side");
    side?.querySelector(".since")?.remove();
    if (view.approval && changed.has(row.id))
      side?.querySelector("h3")?.after(el("span", { class: "since", title: approvedBy(view.approval) }, icon("turn", "stale"), t("Changed since approval")));
    showCards(row.id, "remarks", view.remarks.filter((remark) => remark.row === row.id && !remark.settled_by).map((remark) => remarkCard(remark, view)));
  }
}

/** The card of a remark; one that is open can be settled. */
export function remarkCard(remark: Remark, view: DocumentView): HTMLElement {
  const language = view.languages.find(({ code }) => code === remark.lang);
  const id = freshId("remark");
  const settled = remark.settled_by ? t("Settled by {name}, {time}", { name: remark.settled_by, time: timeOf(remark.settled_at ?? remark.at) }) : "";
  const button = el("button", { type: "button", class: "button small", "data-act": `settle-${remark.id}`, onclick: () => void settle(remark, button) }, t("Settled"));
  return el("div", { class: `card of-remark ${settled ? "settled" : ""}`, role: "group", "aria-labelledby": id },
    el("p", { class: "say", id },
      language ? el("span", { class: "tongue", lang: language.tag }, language.name) : null,
      el("span", { class: "what" }, t("Remark")), " ", el("span", { class: "remark-words" }, remark.text), " ",
      el("span", { class: "from" }, [since(remark), settled].filter(Boolean).join(" · "))),
    settled || view.read_only ? null : el("div", { class: "acts" }, button));
}

async function settle(remark: Remark, button: HTMLElement): Promise<void> {
  const by = await theName(t("Who settles this?"), t("Settled"), t("It stands beside what you settle, read and approve. This computer keeps it."));
  if (!by) return;
  const block = button.closest<HTMLElement>(".block");
  await step([{ type: "settle", remark: remark.id, by }]);
  if (!document.activeElement || document.activeElement === document.body) (block?.querySelector<HTMLElement>("[data-place][data-lang], [data-act]") ?? block)?.focus();
}
