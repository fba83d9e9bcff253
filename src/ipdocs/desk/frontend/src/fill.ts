// "Fill from memory": drafts for all that is missing in a language, as one step.
import { call, documentPath, Refused } from "./api";
import { openCell } from "./cell";
import { note } from "./dialog";
import { el } from "./dom";
import { sendAll } from "./outbox";
import { apply, tab, theDocument } from "./store";
import type { Language, Patch } from "./types";
import { undo } from "./undo";
import { n, t } from "./words";

type Filled = { patch: Patch | null; counts: { translation?: number; suggestion?: number; none?: number } };

/** Show the button for each language in which a text is missing, in the heads of the columns. */
export function drawFill(): void {
  const view = theDocument();
  const place = document.querySelector<HTMLElement>(".tabs .rest");
  if (!place) return;
  place.querySelectorAll(".fill").forEach((button) => button.remove());
  if (view.read_only) return;
  for (const language of view.languages) {
    const isMissing = view.rows.some((row) => row.lines.some((line) => line.cells[language.code]?.text === null && Object.values(line.cells).some((cell) => cell.text !== null)));
    if (language.derived_from || !isMissing) continue;
    place.prepend(el("button", { class: "button small plain fill", type: "button", onclick: () => void fillFrom(language) },
      t("Fill from memory"), view.languages.filter(({ derived_from }) => !derived_from).length > 2 ? el("span", { lang: language.tag }, ` ${language.short}`) : null));
  }
}

async function fillFrom(language: Language): Promise<void> {
  await sendAll();
  try {
    const { patch, counts } = await call<Filled>("POST", documentPath(theDocument().document, "/fill"), { lang: language.code, id: crypto.randomUUID(), tab });
    if (!patch) return note(t("The memory has nothing for what is missing."));
    await apply(patch);
    const drafted = theDocument().rows.flatMap((row) => row.lines).find((line) => line.cells[language.code]?.state.kind === "draft");
    if (drafted) openCell(drafted.place, language.code);
    const parts = [
      counts.translation ? n(counts.translation, "{n} translation", "{n} translations") : "",
      counts.suggestion ? n(counts.suggestion, "{n} suggestion to revise", "{n} suggestions to revise") : "",
      counts.none ? n(counts.none, "nothing for {n} text", "nothing for {n} texts") : "",
    ].filter(Boolean);
    note(t("From memory: {counts}.", { counts: parts.join(", ") }), { label: t("Undo"), act: () => void undo() }, 10);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note(error.message);
  }
}
