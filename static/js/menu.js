// Escape closes what is open: a menu, then the panel being edited, by way of its « Annuler » link.
// A click elsewhere closes menus.

const openMenus = () => [...document.querySelectorAll("details.menu[open]")];

document.addEventListener("click", ({ target }) => {
  for (const menu of openMenus()) menu.open = menu.contains(target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const [menu] = openMenus();
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  event.target.closest("form")?.querySelector("[data-cancel]")?.click();
});
