// A definition shows what its kind and its direction ask: an element with data-when="kind" and
// data-not="share scale" hides while the choice of that name is one of these. « none » is no choice yet.
// What holds an error stays.

function follow(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const chosen = form.querySelector(`[name="${part.dataset.when}"]:checked`)?.value || "none";
    const holdsError = part.querySelector("[aria-invalid='true'], .field__error");
    part.hidden = !holdsError && part.dataset.not.split(" ").includes(chosen);
  }
}

for (const form of document.querySelectorAll("[data-definition]")) {
  follow(form);
  form.addEventListener("change", () => follow(form));
}
