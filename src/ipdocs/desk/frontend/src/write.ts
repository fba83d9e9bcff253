// The Write page of a document.
import { el } from "./dom";
import { load } from "./store";

/** Draw the Write page. */
export async function showWrite(main: HTMLElement, name: string): Promise<void> {
  const view = await load(name);
  main.append(el("h2", {}, Object.values(view.title)[0] ?? name));
}
