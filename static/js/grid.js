// The grid of values as a spreadsheet: arrows and Enter lead from cell to cell, and a copied block fills several.
// A cell is an input or a textarea with data-col. What is pasted is only split here: the server says what it reads.

import { split } from "./block.js";

const table = document.querySelector("[data-grid]");
const told = document.querySelector("[data-pasted]");
const rows = table ? [...table.tBodies].flatMap((body) => [...body.rows]) : [];
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const WIDTH = 3;

const at = (row, column) => rows[row]?.querySelector(`[data-col="${column}"]`);
const place = (field) => [rows.indexOf(field.closest("tr")), Number(field.dataset.col)];

// Inside a text the arrows move the caret; a comment keeps its own lines.
function direction({ key, target, shiftKey, altKey, ctrlKey, metaKey, isComposing }) {
  if (altKey || ctrlKey || metaKey || isComposing) return null;
  const isLine = target.tagName === "INPUT";
  if (key === "Enter") return isLine ? [shiftKey ? -1 : 1, 0] : null;
  if (shiftKey || !ARROWS[key] || (ARROWS[key][0] && !isLine)) return null;
  const isInside = { ArrowLeft: target.selectionStart > 0, ArrowRight: target.selectionEnd < target.value.length };
  return isInside[key] ? null : ARROWS[key];
}

table?.addEventListener("keydown", (event) => {
  const step = event.target.dataset.col && direction(event);
  if (!step) return;
  event.preventDefault();
  let [row, column] = place(event.target);
  do [row, column] = [row + step[0], column + step[1]];
  while (rows[row] && column >= 0 && column < WIDTH && !at(row, column));
  at(row, column)?.select();
});

function whyNot(row, column) {
  if (!rows[row] || column >= WIDTH) return "au-delà du tableau";
  return rows[row].dataset.closed || "aucune case à cet endroit";
}

table?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  const block = split(text);
  const isText = event.target.tagName === "TEXTAREA" && !text.includes("\t");
  if (!event.target.dataset.col || isText || block.flat().length < 2) return;
  event.preventDefault();
  const [top, start] = place(event.target);
  const pasted = block.flatMap((line, down) => line.map((value, right) => [value, top + down, start + right]));
  const left = pasted.filter(([value, row, column]) => value && !at(row, column));
  const kept = pasted.filter(([value, row, column]) => value && at(row, column));
  for (const [value, row, column] of kept) at(row, column).value = value;
  const say = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
  const list = document.createElement("ul");
  list.append(...left.map(([value, row, column]) => say("li", `« ${value} » : ${whyNot(row, column)}`)));
  const lost = left.length ? ` Sans place, donc laissés (${left.length}) :` : "";
  told.replaceChildren(say("p", `Cases remplies : ${kept.length}. Vérifiez pour voir ce qui est lu.${lost}`), list);
});
