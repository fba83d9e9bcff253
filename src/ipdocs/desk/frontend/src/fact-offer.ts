// Below the facts: a value that the languages state alike, and that could be made a fact.
import { call, documentPath, Refused, Unreachable } from "./api";
import { el, fill } from "./dom";
import { markWords, useProposal } from "./fact-from";
import { say } from "./say";
import { openDocument, theDocument } from "./store";
import type { FactProposal } from "./fact-types";
import { m, t } from "./words";

const PAUSE = 900;
let timer = 0;
let shown: string | null = null;

/** Show the first proposal in a place at the foot of the panel, or hide it; asks the server when the document rests. */
export function showOffer(offer: HTMLElement, panel: HTMLElement): void {
  clearTimeout(timer);
  if (theDocument().read_only || theDocument().languages.filter((language) => !language.derived_from).length < 2) return;
  timer = setTimeout(() => void ask(offer, panel), shown === theDocument().document ? PAUSE : 0);
}

async function ask(offer: HTMLElement, panel: HTMLElement): Promise<void> {
  const view = openDocument();
  if (!view || !offer.isConnected) return;
  shown = view.document;
  let answer: { version: number; proposals: FactProposal[] };
  try {
    answer = await call("GET", documentPath(view.document, "/proposals"));
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable)) throw error; // the next change asks again
    return;
  }
  if (openDocument()?.version === answer.version) draw(offer, panel, answer.proposals, 0);
}

function draw(offer: HTMLElement, panel: HTMLElement, proposals: FactProposal[], index: number): void {
  const proposal = proposals[index];
  offer.hidden = !proposal;
  if (!proposal) return;
  const row = theDocument().rows.find(({ id }) => id === proposal.row);
  const words = proposal.cells[0]?.words ?? proposal.value;
  const sentence = t(proposal.cells.length > 2 ? "All languages say {value} in “{row}”." : "Both languages say {value} in “{row}”.", { value: "\u0000", row: row ? m(row.name) : proposal.row });
  const [before, after] = sentence.split("\u0000");
  const make = async () => {
    await useProposal(proposal, proposal.name, proposal.cells);
    say(t("{name} is a fact now", { name: proposal.name }));
  };
  const next = proposals.length > 1 ? el("button", {
    class: "button small plain", type: "button", onclick: () => draw(offer, panel, proposals, (index + 1) % proposals.length),
    "aria-label": t("Next value that could be a fact: {n} of {all}", { n: index + 1, all: proposals.length }),
  }, `${index + 1} / ${proposals.length}`) : null;
  fill(offer, el("p", {}, before, el("b", {}, words), after), el("span", { class: "acts" }, next, el("button", { class: "button small", type: "button", onclick: () => void make() }, t("Make it a fact"))));
  offer.onmouseenter = () => markWords(proposal.cells);
  offer.onmouseleave = () => markWords([]);
  offer.onfocus = () => markWords(proposal.cells);
}
