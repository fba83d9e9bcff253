// Pictures of a document. They are fetched with the secret, so they are shown from memory.
import { documentPath, request } from "./api";
import { el } from "./dom";

const shown = new Map<string, string>();

/** Draw a picture of a document; its words stand in the lines below it. */
export function drawPicture(document: string, picture: { file: string; width: number; height: number }): HTMLElement {
  const image = el("img", { alt: "", width: Math.round(picture.width), height: Math.round(picture.height), class: "picture" });
  void show(image, documentPath(document, `/picture?file=${encodeURIComponent(picture.file)}`));
  return el("figure", {}, image, el("figcaption", { class: "quiet" }, picture.file));
}

async function show(image: HTMLImageElement, path: string): Promise<void> {
  let address = shown.get(path);
  if (address === undefined) {
    address = URL.createObjectURL(await (await request("GET", path)).blob());
    shown.set(path, address);
  }
  image.src = address;
}
