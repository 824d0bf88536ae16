// Cards that have a form may be dragged to another column: dropping one sends its form, nothing else.

const find = (target, what) => target.closest?.(what);
let dragged = null;

function prepare() {
  for (const form of document.querySelectorAll("[data-kanban] .card__form")) form.closest(".card").draggable = true;
  for (const words of document.querySelectorAll(".kanban__drag")) words.hidden = false;
}

function mark(column) {
  for (const other of document.querySelectorAll("[data-over]")) delete other.dataset.over;
  if (column) column.dataset.over = "";
}

document.addEventListener("dragstart", (event) => {
  dragged = find(event.target, ".card[draggable]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
});

document.addEventListener("dragover", (event) => {
  const column = dragged && find(event.target, "[data-status]");
  mark(column);
  if (column) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const column = dragged && find(event.target, "[data-status]");
  if (!column || column.contains(dragged)) return;
  event.preventDefault();
  const form = dragged.querySelector("form");
  form.elements.status.value = column.dataset.status;
  form.requestSubmit();
});

document.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});

document.addEventListener("htmx:afterSettle", prepare);
prepare();
