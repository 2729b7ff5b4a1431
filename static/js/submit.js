// The makers' form: what was typed survives a closed page and a lost connection; places and pictures answer at once.

const form = document.querySelector("form[data-bewaar]");
const status = document.getElementById("bewaard");
const key = form.dataset.bewaar && `cultuur:${form.dataset.bewaar}`;
const SECRET = new Set(["csrfmiddlewaretoken", "token", "version", "gelezen"]);

const say = (words) => {
  if (status && words) status.textContent = words;
};

// On this device: for who has no account (the server keeps the drafts of the others), and for all without a connection.
const fields = () => [...new FormData(form)].filter(([name, text]) => typeof text === "string" && text && !SECRET.has(name));

const keep = () => {
  try {
    localStorage.setItem(key, JSON.stringify(fields()));
    return true;
  } catch {
    return false; // private window or full: the page itself still has everything
  }
};

const forget = () => {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
};

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
};

const put = ([name, text]) => {
  for (const part of form.elements) {
    if (part.name !== name) continue;
    if (part.type === "checkbox" || part.type === "radio") part.checked ||= part.value === text;
    else if (part.type !== "file" && part.type !== "hidden" && !part.value) part.value = text;
  }
};

const restore = () => {
  const typed = kept();
  if (!typed.some(([name, text]) => ["title", "tekst", "place"].includes(name) && text)) return;
  for (const pair of typed) put(pair);
  const line = document.createElement("div");
  line.className = "row";
  const again = Object.assign(document.createElement("button"), { type: "button", className: "btn sm line" });
  again.textContent = form.dataset.opnieuw;
  again.addEventListener("click", () => {
    forget();
    location.reload();
  });
  const words = document.createElement("p");
  words.textContent = form.dataset.teruggezet;
  line.append(words, again);
  form.prepend(line);
  form.elements.tekst?.dispatchEvent(new Event("input", { bubbles: true }));
};

if (key) {
  const hasCome = !document.querySelector(".samenvatting, [data-focus]");
  if (hasCome && location.search === "") restore();
  let wait;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => keep() && say(navigator.onLine ? form.dataset.hierBewaard : form.dataset.geenInternet), 2000);
  });
}
addEventListener("offline", () => say(form.dataset.geenInternet));

// The example card says the same days as the echo.
document.addEventListener("htmx:after:swap", () => {
  const day = document.querySelector("[data-dag]");
  const words = document.querySelector("#wanneer-echo input[name='gelezen'] ~ p b");
  if (day && words) day.textContent = words.textContent;
});

// A chip and a text for the place exclude each other.
form.addEventListener("input", (event) => {
  const { name, value } = event.target;
  const elsewhere = form.querySelector("input[name='venue'][value='']");
  if (name === "place" && value && elsewhere) elsewhere.checked = true;
  if (name === "venue" && value && form.elements.place) form.elements.place.value = "";
  if (name === "title") {
    const title = document.querySelector("[data-titel]");
    if (title) title.textContent = value || title.dataset.titel || "…";
  }
});
