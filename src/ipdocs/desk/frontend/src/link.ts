// The dialog of a link: an address or a fact.
import { EditorSelection } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { openDialog } from "./dialog";
import { el, freshId } from "./dom";
import { dispatchDraft } from "./field";
import { linked } from "./format";
import { openDocument } from "./store";
import { spansIn, writtenIn } from "./spans";
import { t } from "./words";

const ALLOWED = /^(https?:|mailto:|tel:|#)\S+$/i;

/** Ask for the target of a link on the selection, or of the link that the caret is in. */
export function askForLink(view: EditorView): void {
  const { from, to } = view.state.selection.main;
  const around = spansIn(view.state).find((span) => span.kind === "link" && span.start <= from && to <= span.end);
  const id = freshId("link");
  const problem = el("p", { class: "problem", role: "alert", id: `${id}-problem` });
  const address = el("input", { id, type: "text", value: around?.target ?? "https://", size: 44, spellcheck: "false", autocomplete: "off", "aria-describedby": problem.id });
  const facts = (openDocument()?.facts ?? []).filter((fact) => ALLOWED.test(Object.values(fact.reads)[0] ?? ""));
  const choice = el("select", { id: `${id}-fact` }, el("option", { value: "" }, t("no fact")), ...facts.map((fact) => el("option", { value: `{{ ${fact.name} }}` }, `${fact.name}: ${Object.values(fact.reads)[0] ?? ""}`)));
  choice.addEventListener("change", () => choice.value && (address.value = choice.value));
  const put = (target: string) => {
    if (target && !ALLOWED.test(target) && !/^\{\{.+\}\}$/.test(target)) {
      problem.textContent = t("Begin the address with https:, http:, mailto:, tel: or #.");
      address.focus();
      return;
    }
    const draft = linked(writtenIn(view.state), from, to, target, target);
    if (!draft && target) {
      problem.textContent = t("A link cannot go across another link or the end of bold words. Select fewer words.");
      return;
    }
    dialog.close();
    view.focus();
    if (draft) dispatchDraft(view, { ...draft, pending: {} }, "input.link", EditorSelection.single(draft.caret));
  };
  const form = el("form", { class: "link-form", onsubmit: (event: SubmitEvent) => (event.preventDefault(), put(address.value.trim())) },
    el("label", { for: id }, t("Address")), address, problem,
    facts.length ? [el("label", { for: choice.id }, t("or the address in a fact")), choice] : [],
    el("div", { class: "acts" },
      el("button", { class: "button first" }, t("Put in")),
      around ? el("button", { class: "button", type: "button", onclick: () => put("") }, t("Take the link away")) : null,
      el("button", { class: "button plain", type: "button", onclick: () => (dialog.close(), view.focus()) }, t("Cancel"))));
  const dialog = openDialog(t("Link"), [form]);
  address.focus();
  address.select();
}
