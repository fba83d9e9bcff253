// Where the pages begin: let in, then draw the page of the address.
import { call, enter } from "./api";
import { startKeys } from "./keys";
import { showClosed, showPage } from "./shell";
import type { DeskInfo } from "./types";
import { setLanguage } from "./words";

async function start(): Promise<void> {
  startKeys();
  if (!(await enter())) {
    showClosed();
    return;
  }
  const info = await call<DeskInfo>("GET", "/desk");
  setLanguage(info.language, info.catalog);
  await showPage(info);
}

void start();
