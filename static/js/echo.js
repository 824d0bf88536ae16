// What was read of an answer just came back: the fields take its state, and a surprise opens the comment.

document.addEventListener("htmx:afterSwap", ({ target }) => {
  const echo = target.matches("[data-echo]") ? target : target.querySelector("[data-echo]");
  const ask = echo?.closest(".ask");
  if (!ask) return;
  for (const input of ask.querySelectorAll(`[aria-describedby="${echo.id}"]`)) {
    if (echo.dataset.echo === "wrong") input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  if (echo.dataset.echo === "unusual") ask.querySelector("[data-comment]").open = true;
});
