// Sorting, searching and filtering of the tables that are on the page. Without it all rows are there.
"use strict";

const order = new Intl.Collator(undefined, { numeric: true });

function value(row, column, isNumber) {
  const text = row.cells[column].textContent.trim();
  if (!isNumber) return text;
  const number = parseFloat(text);
  return Number.isNaN(number) ? -Infinity : number;
}

function sort(table, head, column) {
  const isNumber = "number" in head.dataset;
  const falling = head.getAttribute("aria-sort") === "ascending";
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => [value(row, column, isNumber), row]);
  keyed.sort(([a], [b]) => {
    const compared = isNumber ? (a === b ? 0 : a < b ? -1 : 1) : order.compare(a, b);
    return falling ? -compared : compared;
  });
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  body.append(...keyed.map(([, row]) => row));
}

for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, head, column));
    head.append(button);
  });
}

const rows = [...document.querySelectorAll("#class tbody tr")];
const texts = rows.map((row) => row.textContent.toLocaleLowerCase());
const [search, state, lost, shown] = ["search", "status", "lost", "shown"].map((id) =>
  document.getElementById(id));
const FIRST = 3; // columns before those of the exercises

function matches(row, text) {
  const status = row.cells[1].firstChild.textContent;
  const cell = lost.value === "" ? null : row.cells[FIRST + Number(lost.value)];
  return text.includes(search.value.trim().toLocaleLowerCase())
    && (state.value === "" || status === state.value)
    && (cell === null || (cell.className !== "" && cell.className !== "passed"));
}

function filter() {
  let count = 0;
  rows.forEach((row, number) => {
    row.hidden = !matches(row, texts[number]);
    count += !row.hidden;
  });
  shown.textContent = `${count} of ${rows.length} shown`;
}

for (const field of [search, state, lost]) field.addEventListener("input", filter);
document.querySelector(".filters").hidden = false;
filter();
