// Single keys at the editors' desk (WCAG 2.1.4: they can be off), and the seconds in which an approval can be undone.

const STORE = "redactie.sneltoetsen";
const remembered = () => { try { return localStorage.getItem(STORE); } catch { return null; } };
const remember = (value) => { try { localStorage.setItem(STORE, value); } catch { /* a private window forgets */ } };

let isOn = remembered() !== "uit";

const show = () => {
  for (const box of document.querySelectorAll("[data-sneltoetsen]")) box.checked = isOn;
  document.documentElement.toggleAttribute("data-zonder-toetsen", !isOn);
};

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-sneltoetsen]")) return;
  isOn = event.target.checked;
  remember(isOn ? "aan" : "uit");
  show();
});

const isTyping = (target) =>
  target.isContentEditable || target.matches?.("select, textarea, input:not([type=checkbox], [type=radio])") ||
  target.closest?.("details.menu[open]");

// data-toets names the keys of a form (send it), a link (follow it) or a menu (open it).
const acts = {
  FORM: (form) => form.requestSubmit(),
  A: (link) => link.click(),
  DETAILS: (menu) => {
    menu.open = true;
    menu.querySelector("input:not([type=hidden]), textarea, button")?.focus();
  },
};

// On the queue itself J and K walk through the rows.
const walk = (step) => {
  const rows = [...document.querySelectorAll("[data-rij] a")];
  const here = rows.indexOf(document.activeElement);
  rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))]?.focus();
};

const help = () => {
  const heading = document.getElementById("sneltoetsen");
  heading?.scrollIntoView({ block: "center" });
  heading?.focus();
};

document.addEventListener("keydown", (event) => {
  if (!isOn || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const part = [...document.querySelectorAll("[data-toets]")].find((one) => one.dataset.toets.split(" ").includes(key));
  if (part) acts[part.tagName]?.(part);
  else if (key === "?") help();
  else if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
});

// When the hold is over, undoing is: the button goes, the sentence stays.
for (const line of document.querySelectorAll("[data-gedaan][data-seconden]")) {
  setTimeout(() => line.querySelector("form")?.remove(), Number(line.dataset.seconden) * 1000);
}

// A form is sent once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".balk form") || event.submitter?.name === "voorbeeld") return;
  if (form.dataset.onderweg) event.preventDefault();
  form.dataset.onderweg = "ja";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-onderweg]")) delete form.dataset.onderweg;
});

show();
