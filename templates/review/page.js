"use strict";
// Filters by language and finding, keyboard navigation, and a fact highlighted in all languages at once.
const form = document.getElementById("filters");
const table = document.querySelector(".table");
const rows = [...document.querySelectorAll(".row:not(.head)")];
const shown = document.getElementById("shown");

function wanted(row, which) {
  if (which === "all") return true;
  if (which === "findings") return row.classList.contains("found");
  if (which === "changed" || which === "restricted") return row.classList.contains(which);
  return row.dataset.codes.split(" ").includes(which.slice("code:".length));
}

function apply() {
  const chosen = new FormData(form);
  const languages = new Set(chosen.getAll("language"));
  for (const cell of document.querySelectorAll("[data-language]")) cell.hidden = !languages.has(cell.dataset.language);
  table.style.setProperty("--columns", Math.max(languages.size, 1));
  let count = 0;
  for (const row of rows) {
    row.hidden = !wanted(row, chosen.get("which"));
    count += !row.hidden;
  }
  document.body.classList.toggle("plain", !chosen.has("marks"));
  shown.textContent = count === rows.length ? `${count} texts` : `${count} of ${rows.length} texts`;
}

function move(step, only) {
  const visible = rows.filter((row) => !row.hidden && (!only || row.classList.contains(only)));
  if (!visible.length) return;
  const here = rows.indexOf(document.activeElement?.closest(".row"));
  const ahead = step > 0 ? visible.find((row) => rows.indexOf(row) > here) : visible.findLast((row) => rows.indexOf(row) < here);
  const next = ahead ?? (here < 0 ? visible[0] : null);
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
  n: () => move(1, "found"), p: () => move(-1, "found"), f: () => document.getElementById("which").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
  if (event.key.startsWith("Arrow") && !event.target.closest(".row")) return;
  const action = keys[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});

for (const kind of ["mouseover", "mouseout"]) {
  document.addEventListener(kind, (event) => {
    const fact = event.target.closest?.("[data-fact]");
    if (!fact) return;
    for (const same of document.querySelectorAll(`[data-fact="${CSS.escape(fact.dataset.fact)}"]`)) same.classList.toggle("lit", kind === "mouseover");
  });
}

form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
apply();
