// Home: the documents of the workspace.
import { call } from "./api";
import { el } from "./dom";
import { t } from "./words";

type HomeDocument = { document: string; title: Record<string, string> };

/** Draw Home. */
export async function showHome(main: HTMLElement): Promise<void> {
  const { documents } = await call<{ documents: HomeDocument[] }>("GET", "/documents");
  main.append(el("h1", {}, t("Documents")));
  main.append(el("ul", {}, ...documents.map((row) => el("li", {}, el("a", { href: `/d/${row.document}` }, Object.values(row.title)[0] || row.document)))));
}
