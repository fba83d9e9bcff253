// The small bar at a selection: bold, italic, link, gap. Alt+F10 goes to it, Escape goes back to the words.
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { EditorSelection, type Extension } from "@codemirror/state";
import { focusedField } from "./cell";
import { el } from "./dom";
import { dispatchDraft } from "./field";
import { isFormatted, toggleFormat } from "./format";
import { isComposing } from "./ime";
import { keyTable } from "./keys";
import { askForLink } from "./link";
import { putBeside } from "./beside";
import { draftOf } from "./text-edits";
import { without } from "./repair";
import { selectedChip, makeGap } from "./typing";
import { spansIn, writtenIn } from "./spans";
import type { Span } from "./types";
import { t } from "./words";

type Button = { label: string; keys?: string; sign: string; class?: string; isOn?: (view: EditorView) => boolean; isFor?: (view: EditorView) => boolean; act: (view: EditorView) => void };

const BUTTONS: Button[] = [
  { label: "Bold", keys: "Ctrl+B", sign: "B", class: "bold", isOn: (view) => isFormatted(view, "strong"), act: (view) => toggleFormat(view, "strong") },
  { label: "Italic", keys: "Ctrl+I", sign: "I", class: "italic", isOn: (view) => isFormatted(view, "emphasis"), act: (view) => toggleFormat(view, "emphasis") },
  { label: "Link…", keys: "Ctrl+K", sign: "Link…", act: (view) => askForLink(view) },
  { label: "Make it a fact", keys: "F9", sign: "Make it a fact", act: () => void keyTable().find(({ keys }) => keys === "F9")?.act(new KeyboardEvent("keydown", { key: "F9" })) },
  { label: "Still to be written", sign: "Still to be written", isFor: (view) => !gapAt(view), act: (view) => makeGap(view) },
  { label: "Right as it stands", sign: "Right as it stands", isFor: (view) => Boolean(gapAt(view)), act: (view) => acceptGap(view) },
];
let bar: { element: HTMLElement; view: EditorView } | null = null;

/** Go to the bar of the selection; returns whether there is one. */
export function focusBar(): boolean {
  const field = focusedField();
  if (!field) return false;
  if (!bar) show(field.view);
  bar?.element.querySelector<HTMLElement>("button")?.focus();
  return true;
}

/** What shows the bar of a field. */
export const barExtension: Extension = ViewPlugin.fromClass(
  class {
    timer = 0;
    update(update: ViewUpdate): void {
      if (!update.selectionSet && !update.focusChanged && !update.docChanged) return;
      clearTimeout(this.timer);
      if (update.docChanged || update.state.selection.main.empty) hide(update.view);
      this.timer = setTimeout(() => this.settle(update.view), 200);
    }
    settle(view: EditorView): void {
      const isWanted = view.hasFocus && !view.state.selection.main.empty && !isComposing() && !selectedChip(view);
      if (isWanted && isPressed) this.timer = setTimeout(() => this.settle(view), 100);
      else if (isWanted) show(view);
      else if (!bar?.element.contains(document.activeElement)) hide(view);
    }
    destroy(): void {
      clearTimeout(this.timer);
      if (bar && !bar.view.dom.isConnected) hide(bar.view);
    }
  },
);

let isPressed = false;
addEventListener("pointerdown", () => (isPressed = true), true);
addEventListener("pointerup", () => (isPressed = false), true);

function show(view: EditorView): void {
  hide(bar?.view ?? view);
  const buttons = BUTTONS.filter((button) => button.isFor?.(view) ?? true).map((button) => el("button", {
    type: "button",
    class: `button small plain ${button.class ?? ""}`,
    "aria-label": button.keys ? `${t(button.label)} (${button.keys})` : t(button.label),
    title: button.keys ? `${t(button.label)} (${button.keys})` : null,
    "aria-pressed": button.isOn ? String(button.isOn(view)) : null,
    onmousedown: (event: MouseEvent) => event.preventDefault(),
    onclick: () => {
      const wasFocused = bar?.element.contains(document.activeElement);
      hide(view);
      if (wasFocused) view.focus();
      button.act(view);
    },
  }, t(button.sign)));
  const element = el("div", { class: "selection-bar", role: "toolbar", "aria-label": t("The selected words"), onkeydown: (event: KeyboardEvent) => moveInBar(event, view) }, ...buttons);
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget as Node | null) && event.relatedTarget !== view.contentDOM) hide(view);
  });
  bar = { element, view };
  const { from, to } = view.state.selection.main;
  putBeside(element, view, from, to, "above");
}

function hide(view: EditorView): void {
  if (bar?.view !== view) return;
  const { element } = bar;
  bar = null;
  element.remove();
}

function moveInBar(event: KeyboardEvent, view: EditorView): void {
  const buttons = [...(bar?.element.querySelectorAll<HTMLElement>("button") ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  if (event.key === "Escape") view.focus();
  else if (event.key === "ArrowRight") buttons[(at + 1) % buttons.length]?.focus();
  else if (event.key === "ArrowLeft") buttons.at(at - 1)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function gapAt(view: EditorView): Span | undefined {
  const { from, to } = view.state.selection.main;
  return spansIn(view.state).find((span) => span.kind === "gap" && span.start <= from && to <= span.end && span.inner_start < span.inner_end);
}

/** The words of a gap are right: its marks go. */
function acceptGap(view: EditorView): void {
  const gap = gapAt(view);
  if (!gap) return;
  const draft = without(draftOf(writtenIn(view.state), gap.inner_end), gap);
  dispatchDraft(view, draft, "input.gap", EditorSelection.single(draft.changes.mapPos(gap.inner_end)));
}
