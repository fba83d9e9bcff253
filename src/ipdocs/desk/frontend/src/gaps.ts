// F8: to the next text that is still open, or to the next gap in one.
import { EditorSelection } from "@codemirror/state";
import { focusedField, openCell, writtenOf } from "./cell";
import { isOpenText } from "./drawing";
import { say } from "./say";
import { cellOf } from "./store";
import { t } from "./words";

type Stop = { place: string; lang: string; from: number; to: number };

/** Go to the next or previous open text or gap of the page; returns true, as the key is used up in any case. */
export function toOpen(forward: boolean): boolean {
  const stops = [...document.querySelectorAll<HTMLElement>("[data-place][data-lang]")].flatMap(stopsOf);
  if (!stops.length) {
    say(t("Nothing is open"));
    return true;
  }
  const at = currentStop(stops, forward);
  const stop = stops[(at + stops.length) % stops.length]!;
  if (!openCell(stop.place, stop.lang, stop.from)) return true;
  const view = focusedField()?.view;
  view?.dispatch({ selection: EditorSelection.single(stop.from, Math.min(stop.to, view.state.doc.length)), scrollIntoView: true });
  return true;
}

function stopsOf(host: HTMLElement): Stop[] {
  const { place = "", lang = "" } = host.dataset;
  const cell = cellOf(place, lang);
  const written = writtenOf(place, lang) ?? (cell && { text: cell.text ?? "", spans: cell.spans });
  if (!cell || !written) return [];
  if (isOpenText(written.text)) return [{ place, lang, from: 0, to: 0 }];
  const gaps = written.spans.filter((span) => span.kind === "gap").map((span) => ({ place, lang, from: span.inner_start, to: span.inner_end }));
  return gaps.length || cell.state.kind !== "draft" ? gaps : [{ place, lang, from: 0, to: 0 }];
}

/** The number of the stop to go to, from where the caret is. */
function currentStop(stops: Stop[], forward: boolean): number {
  const field = focusedField();
  if (!field) return forward ? 0 : -1;
  const hosts = [...document.querySelectorAll<HTMLElement>("[data-place][data-lang]")];
  const order = (place: string, lang: string) => hosts.findIndex(({ dataset }) => dataset["place"] === place && dataset["lang"] === lang);
  const here = order(field.place, field.lang);
  const head = field.view.state.selection.main.from;
  const isAfter = (stop: Stop) => {
    const there = order(stop.place, stop.lang);
    return there > here || (there === here && stop.from > head);
  };
  const isBefore = (stop: Stop) => {
    const there = order(stop.place, stop.lang);
    return there < here || (there === here && stop.from < head);
  };
  return forward ? (stops.findIndex(isAfter) < 0 ? 0 : stops.findIndex(isAfter)) : stops.findLastIndex(isBefore);
}
