// A screen that changes takes its forms along: what is typed and not saved is said once before it goes.

const typed = (field) => {
  if (field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.matches("textarea, input:not([type='hidden'])") && field.value !== field.defaultValue;
};
// A form that came back with errors is not saved either.
const isUnsaved = (form) => form.querySelector("[role='alert']") || [...form.elements].some(typed);
const unsaved = (sent) => [...document.querySelectorAll("details form")].find((form) => form !== sent && isUnsaved(form));
let warned = null;

function warn(form) {
  const message = document.createElement("p");
  message.className = "message message--warning";
  message.textContent = "Ce que vous avez écrit n’est pas enregistré. Enregistrez, ou recommencez pour l’abandonner.";
  document.getElementById("messages").replaceChildren(message);
  form.closest("details").open = true;
  form.querySelector("textarea, input:not([type='hidden'])").focus();
}

document.addEventListener("htmx:confirm", (event) => {
  const form = unsaved(event.target);
  if (!form || form === warned) return;
  event.preventDefault();
  warned = form;
  warn(form);
});
document.addEventListener("input", () => {
  warned = null;
});
window.addEventListener("beforeunload", (event) => {
  const form = unsaved(null);
  if (form && form !== warned) event.preventDefault();
});
