// The makers' form: what was typed survives a closed page and a lost connection; places answer at once.

const form = document.querySelector("form[data-bewaar]");
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "token", "version", "gelezen", "picture"]);
const KEPT_DAYS = 14;

// --- A copy on this device ---------------------------------------------------------------------------------

const keyOf = (name) => `cultuur:${name}`;

const read = (name) => {
  try {
    const copy = JSON.parse(localStorage.getItem(keyOf(name)));
    return copy && Date.now() - copy.at < KEPT_DAYS * 864e5 ? copy : null;
  } catch {
    return null; // no storage in this window, or not ours
  }
};

const forget = (name) => {
  try {
    localStorage.removeItem(keyOf(name));
  } catch {
    // nothing was kept
  }
};

for (const part of document.querySelectorAll("[data-vergeet]")) forget(part.dataset.vergeet);

const typed = () =>
  [...new FormData(form)].filter(([name, text]) => typeof text === "string" && text && !NOT_KEPT.has(name));

const version = () => form.elements.version?.value ?? "";

const keep = () => {
  try {
    const copy = { at: Date.now(), version: version(), fields: typed() };
    localStorage.setItem(keyOf(form.dataset.bewaar), JSON.stringify(copy));
    return true;
  } catch {
    return false; // a private window, or full: the page itself still has everything
  }
};

const put = (name, text) => {
  for (const part of form.elements) {
    if (part.name !== name || part.type === "file" || part.type === "hidden") continue;
    if (part.type === "checkbox" || part.type === "radio") part.checked ||= part.value === text;
    else part.value = text;
  }
};

// The copy counts only for the version that it was typed on: what was saved since is newer.
const restore = () => {
  const copy = read(form.dataset.bewaar);
  if (!copy || copy.version !== version()) return forget(form.dataset.bewaar);
  if (JSON.stringify(copy.fields) === JSON.stringify(typed())) return;
  for (const [name, text] of copy.fields) put(name, text);
  const line = document.querySelector("[data-teruggezet]");
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => {
    forget(form.dataset.bewaar);
    form.reset();
    line.hidden = true;
  });
  form.elements.tekst?.dispatchEvent(new Event("input", { bubbles: true }));
};

// --- While typing ------------------------------------------------------------------------------------------

const say = (words) => {
  const status = document.getElementById("bewaard");
  if (status && words) status.textContent = words;
};

const isKeptByServer = () => document.getElementById("bewaard")?.hasAttribute("data-hx-post");

const sayKept = () => {
  if (!navigator.onLine) say(form.dataset.geenInternet);
  else if (!isKeptByServer()) say(form.dataset.hierBewaard);
};

// A chip and a text for the place exclude each other.
const answer = ({ target: { name, value } }) => {
  const elsewhere = form.querySelector("input[name='venue'][value='']");
  if (name === "place" && value && elsewhere) elsewhere.checked = true;
  if (name === "venue" && value && form.elements.place) form.elements.place.value = "";
};

// What the server keeps need not stay on this device.
const afterSwap = (event) => {
  if (event.detail?.ctx?.target?.id !== "bewaard") return;
  if (document.querySelector("#bewaard [data-bewaard]")) forget(form.dataset.bewaar);
};

if (form) {
  if (!document.querySelector(".samenvatting, section[data-focus]") && !location.search) restore();
  let wait;
  form.addEventListener("input", (event) => {
    answer(event);
    clearTimeout(wait);
    if (keep()) wait = setTimeout(sayKept, 1500);
  });
  addEventListener("offline", () => keep() && say(form.dataset.geenInternet));
  document.addEventListener("htmx:after:swap", afterSwap);
}
