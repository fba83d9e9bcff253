// Makes ../static from this folder: main.js of src/*.ts, the style sheet, the page, and the licences of what is inside main.js.
// Run it with `make pages`; it needs the packages of package-lock.json (`npm ci`).
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const here = import.meta.dirname;
const out = join(here, "../static");

async function bundledPackages(metafile) {
  const inputs = Object.keys(metafile.inputs).map((name) => name.split("node_modules/").slice(1).pop());
  const names = inputs.filter(Boolean).map((name) => name.split("/").slice(0, name.startsWith("@") ? 2 : 1).join("/"));
  return [...new Set(names)].sort();
}

async function licenceOf(name) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
}

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.ts"],
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});
const licences = await Promise.all((await bundledPackages(result.metafile)).map(licenceOf));
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const name of ["index.html", "style.css", "icon.svg"]) await copyFile(join(here, name), join(out, name));
await writeFile(join(out, "licences.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
await writeFile(join(out, "main.js"), result.outputFiles[0].contents); // last: its time says when all of this was made
