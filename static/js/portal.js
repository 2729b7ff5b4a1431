// Small comforts on top of pages that work without script: menus, error focus, sharing, busy and offline signs.

const say = (text) => {
  const region = document.getElementById("meldingen");
  if (region) region.textContent = text;
};

// Menus (details.menu) close with Esc, a click elsewhere, or when focus leaves them.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]") ?? document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));

// After a form comes back with mistakes, the summary gets focus; its links go to the field itself. What a link
// of the page itself leads to unfolds first.
const focusSummary = (root) => root.querySelector?.("[data-focus]")?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (!link.closest(".samenvatting")) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center" });
  field.focus();
});

// Buttons that only mean something with script are hidden until it runs.
const reveal = (root) => {
  for (const part of root.querySelectorAll?.("[data-script]") ?? []) part.hidden = false;
};

// data-deel: share this page, or copy its address where the device cannot share.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-deel]");
  if (!button) return;
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url: location.href });
    await navigator.clipboard.writeText(location.href);
    say(button.dataset.deel);
  } catch (error) {
    if (error.name !== "AbortError") say(location.href);
  }
});

// data-druk-af: the print button.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-druk-af]")) print();
});

// htmx: the old content stays, marked busy; mistakes in fresh content get focus; no connection is said in words.
const targetOf = (event) => event.detail?.ctx?.target;

document.addEventListener("htmx:before:request", (event) => targetOf(event)?.setAttribute?.("aria-busy", "true"));
document.addEventListener("htmx:finally:request", (event) => targetOf(event)?.removeAttribute?.("aria-busy"));
document.addEventListener("htmx:after:swap", (event) => {
  const target = targetOf(event) ?? document;
  reveal(target);
  focusSummary(target);
});
document.addEventListener("htmx:error", () => {
  const words = document.querySelector("meta[name='geen-verbinding']")?.content;
  if (words) say(words);
});

// Passkeys: a refusal of the device is said in words.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-sleutel-fout]");
  if (!place) return;
  event.preventDefault();
  place.textContent = place.dataset.sleutelFout;
});

reveal(document);
focusSummary(document);
