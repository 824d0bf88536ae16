// The « séance »: keys press the links that name them, and the screen fills the wall.
// <a data-keys="ArrowRight PageDown Space">, <span data-fullscreen hidden><button>, <span data-help hidden>

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
  const key = event.key === " " ? "Space" : event.key;
  const fold = event.target.closest("details[open]");
  if (key === "Escape" && fold) {
    fold.open = false;
    fold.querySelector("summary").focus();
    return;
  }
  // Where one types or chooses, keys do what they do everywhere.
  if (event.target.closest("input, select, textarea")) return;
  if (key === "Space" && event.target.closest("a, button, summary")) return;
  const link = document.querySelector(`[data-keys~="${CSS.escape(key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-fullscreen]")) document.documentElement.requestFullscreen();
});

// Each screen comes as the server drew it, for those without JavaScript.
function complete() {
  const offer = document.querySelector("[data-fullscreen]");
  if (!offer) return;
  offer.hidden = !document.fullscreenEnabled || Boolean(document.fullscreenElement);
  document.querySelector("[data-help]").hidden = false;
}

document.addEventListener("fullscreenchange", complete);
document.addEventListener("htmx:afterSettle", complete);
complete();
