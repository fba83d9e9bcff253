// While an input method composes, nothing else touches the words: answers, pictures and changes from outside wait.
let composing: HTMLElement | null = null;
const waiting: (() => void)[] = [];

/** Listen for compositions everywhere in the page; called once. */
export function startComposing(): void {
  document.addEventListener("compositionstart", begin, true);
  document.addEventListener("compositionend", end, true);
  document.addEventListener("focusout", (event) => event.target === composing && end(), true);
}

/** Whether an input method composes in any field. */
export function isComposing(): boolean {
  return composing !== null;
}

/** Whether a key belongs to an input method. */
export function isForInputMethod(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Do something now or, while an input method composes, as soon as it has ended. */
export function afterComposition(act: () => void): void {
  if (composing) waiting.push(act);
  else act();
}

function begin(event: Event): void {
  composing = event.target as HTMLElement;
  const host = composing.closest<HTMLElement>("[data-live]");
  if (host) host.dataset.composing = "";
}

/** The words of a composition reach the field just after its end; what waited comes after them. */
function end(): void {
  delete composing?.closest<HTMLElement>("[data-live]")?.dataset.composing;
  composing = null;
  setTimeout(() => {
    while (!composing && waiting.length) waiting.shift()!();
  }, 60);
}
