// Deciding by keyboard on what was found in a document. A comfort: every step has a button or a link without it.
const KEEPS_KEYS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const STORED = "goldthread-import-keys";

const entries = () => [...document.querySelectorAll("[data-entry]")];
const current = () => document.activeElement?.closest("[data-entry]") ?? null;

function keysAreOn() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true; // storage is blocked: the keys work, and cannot be turned off for longer than this page
  }
}
let on = keysAreOn();

function show(entry) {
  if (!entry) return;
  entry.focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = entries();
  if (!all.length) return;
  const here = all.indexOf(current());
  show(here < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, here + by))]);
}

const press = (selector, within = current()) => within?.querySelector(selector)?.click();

// 1 to 9: the answers of the first question of an entry, in the order in which they stand.
const answer = (number) => press(`.gt-found__question .govuk-button-group > :nth-child(${number})`);

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press("button[name=do][value=adopt]"),
  e: () => press("a[data-key=e]"),
  r: () => press("button[name=do][value=reject]"),
  x: () => press("input[type=checkbox]"),
  n: () => press("a[data-key=n]", document),
  u: () => press(".govuk-notification-banner form button", document),
};
for (let number = 1; number <= 9; number += 1) ACTS[number] = () => answer(number);

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(KEEPS_KEYS)) return;
  const onEntry = event.target.matches?.("[data-entry]");
  const key = onEntry && event.key === "ArrowDown" ? "j" : onEntry && event.key === "ArrowUp" ? "k" : event.key;
  if (!Object.hasOwn(ACTS, key)) return;
  event.preventDefault();
  ACTS[key]();
});

const keys = document.querySelector("[data-keys]");
if (keys) {
  const toggle = keys.querySelector("[data-keys-switch]");
  const say = () => (toggle.textContent = on ? "Turn the keys off" : "Turn the keys on");
  keys.hidden = false;
  say();
  toggle.addEventListener("click", () => {
    on = !on;
    say();
    try {
      localStorage.setItem(STORED, on ? "on" : "off");
    } catch {
      // storage is blocked: it holds for this page
    }
  });
}

// "Take the words after the cursor": the second part of an entry begins where the cursor stands.
for (const line of document.querySelectorAll("[data-cursor]")) {
  const field = document.getElementById(line.dataset.cursor);
  let place = null;
  for (const name of ["id_text", "id_update"]) {
    const area = document.getElementById(name);
    area?.addEventListener("blur", () => (place = area));
  }
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => {
    if (!place) return;
    field.value = place.value.slice(place.selectionStart).trim().split(/\s+/).slice(0, 8).join(" ");
    const part = place.id === "id_update" ? "update" : "text";
    const choice = document.querySelector(`input[name="part-part"][value="${part}"]`);
    if (choice) choice.checked = true;
    field.focus();
  });
}

// After a decision the address names the entry that comes next. It takes the focus in place of the banner that says what
// was done, which describes it, so that the keys go on from there and nothing goes unsaid.
const named = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (named?.matches("[data-entry]")) {
  const banner = document.querySelector(".govuk-notification-banner");
  const said = banner?.querySelector(".govuk-notification-banner__heading");
  if (said) {
    banner.dataset.disableAutoFocus = "true";
    said.id = "said";
    named.setAttribute("aria-describedby", "said");
    banner.addEventListener("focus", () => show(named), { once: true });
  }
  show(named);
  addEventListener("load", () => show(named), { once: true });
}

// The printed place stands in view inside its own box, without moving the page.
function showPlaces(root) {
  for (const box of root.querySelectorAll(".gt-found__source, .gt-side__printed")) {
    const place = box.querySelector("mark, .gt-page__place");
    if (!place || box.scrollHeight <= box.clientHeight) continue;
    box.scrollTop += place.getBoundingClientRect().top - box.getBoundingClientRect().top - 90;
    const across = place.closest(".gt-scroll");
    if (across) across.scrollLeft += place.getBoundingClientRect().left - across.getBoundingClientRect().left - 20;
  }
}
showPlaces(document);
document.addEventListener("htmx:afterSettle", (event) => showPlaces(event.target));
