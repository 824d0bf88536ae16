// The label of a note follows the status and the météo that are checked. The form carries what to say:
// data-note-labels='{"": "Note", "postponed": "Motif (obligatoire)", …}', the label has data-note-label.

function nameNote(form) {
  const labels = JSON.parse(form.dataset.noteLabels);
  const checked = [...form.querySelectorAll("input:checked")].map((input) => labels[input.value]);
  const label = form.querySelector("[data-note-label]");
  const words = checked.find(Boolean) ?? labels[""];
  if (label.textContent !== words) label.textContent = words;
}

// A long form says, before one leaves it, that something typed is not saved: <form data-guard>.

// A form that came back with errors is not saved either.

const snapshot = (form) => new URLSearchParams(new FormData(form)).toString();
const saved = (form) => (form.querySelector("[role='alert']") ? null : snapshot(form));
const guarded = new Map([...document.querySelectorAll("form[data-guard]")].map((form) => [form, saved(form)]));

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-note-labels]");
  if (form) nameNote(form);
});

document.addEventListener("submit", ({ target }) => guarded.delete(target));

if (guarded.size) {
  window.addEventListener("beforeunload", (event) => {
    if ([...guarded].some(([form, before]) => snapshot(form) !== before)) event.preventDefault();
  });
}
