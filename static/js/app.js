// What htmx leaves to the page: saying that a request failed, and keeping the focus somewhere.

const FAILURES = {
  403: "Vous n’avez plus le droit de faire cela, ou la page est restée ouverte trop longtemps : rechargez-la.",
  404: "Cet élément n’existe plus, ou ne vous est plus ouvert.",
  409: "Quelqu’un d’autre vient de modifier cet élément : rechargez la page pour voir son texte.",
  413: "C’est trop long pour être envoyé en une fois.",
  429: "Trop d’essais en peu de temps : attendez une minute.",
};
const BROKEN = "Le serveur n’a pas pu répondre. Réessayez dans un instant.";
const UNREACHABLE = "Le serveur ne répond pas : vérifiez votre connexion, puis réessayez.";
const EXPIRED = "Votre session est terminée. Copiez ce que vous avez écrit, puis rechargez la page pour vous reconnecter.";
const KEPT = " Rien n’est enregistré ; ce que vous avez écrit est encore à l’écran.";

function say(sentence, { requestConfig, xhr }) {
  const message = document.createElement("p");
  message.className = "message message--error";
  message.dataset.failure = "";
  message.textContent = sentence;
  if (requestConfig?.verb !== "get") message.append(KEPT);
  const incident = xhr?.getResponseHeader("X-Incident");
  if (incident) message.append(` Incident n° ${incident}.`);
  const messages = document.getElementById("messages");
  messages.replaceChildren(message);
  messages.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:beforeRequest", () => document.querySelector("[data-failure]")?.remove());

// A session that ended reloads the page, which would wipe out what was typed.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig.verb === "get" || !xhr.getResponseHeader("HX-Refresh")) return;
  event.preventDefault();
  say(EXPIRED, event.detail);
});

// Empty answers to a conflict or a refused form would wipe out what was typed.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { status, responseText } = detail.xhr;
  if (status < 400 || !detail.shouldSwap || responseText.trim()) return;
  detail.shouldSwap = false;
  say(FAILURES[status] ?? BROKEN, detail);
});

document.addEventListener("htmx:responseError", ({ detail }) => say(FAILURES[detail.xhr.status] ?? BROKEN, detail));

for (const event of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, ({ detail }) => say(UNREACHABLE, detail));
}

// htmx gives the focus back to an element of the same id, and to [autofocus]. When the focused element went
// away without either, it goes to the region's [data-autofocus], or to the region itself.
document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  if (document.activeElement !== document.body || target.id !== detail.target.id) return;
  const next = target.querySelector("[data-autofocus]") ?? target;
  if (next === target) target.tabIndex = -1;
  next.focus();
});
