// Everything here is a comfort: each page works without it. Loaded as a module, so browsers too old for it skip it.
const body = document.body;

async function startComponents(root) {
  body.classList.add("js-enabled", "govuk-frontend-supported");
  const govuk = await import(body.dataset.govuk);
  if (root === document) govuk.initAll();
  else govuk.initAll({ scope: root });
}

// A long list to choose from becomes a box to type in.
function loadScript(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

let autocompleteScript = null;
async function startAutocompletes(root) {
  const selects = [...root.querySelectorAll("select[data-autocomplete]:not([data-started])")].filter(
    (select) => select.options.length > 12,
  );
  if (!selects.length) return;
  autocompleteScript ??= loadScript(body.dataset.autocompleteScript);
  await autocompleteScript;
  for (const select of selects) {
    select.dataset.started = "";
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.selectedOptions[0].text : "",
      showAllValues: true,
      displayMenu: "overlay",
    });
  }
}

// Filters apply as soon as they change; the address keeps them. Without this script the Apply button does it.
function startFilters(root) {
  for (const form of root.querySelectorAll("form[data-live]:not([data-started])")) {
    form.dataset.started = "";
    form.addEventListener("change", (event) => {
      if (event.target.type !== "date") form.requestSubmit();
    });
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
  }
}

// "Choose all" for the boxes of a form.
function startChooseAll(root) {
  for (const button of root.querySelectorAll("button[data-choose-all]:not([data-started])")) {
    button.dataset.started = "";
    button.hidden = false;
    const scope = document.getElementById(button.dataset.chooseAll);
    button.addEventListener("click", () => {
      const boxes = [...scope.querySelectorAll("input[type=checkbox]")];
      const choose = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = choose;
      button.textContent = choose ? "Choose none" : "Choose all";
    });
  }
}

function start(root) {
  startComponents(root);
  startAutocompletes(root);
  startFilters(root);
  startChooseAll(root);
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== body) start(event.detail.elt);
});
document.querySelector("[data-scroll-here]")?.scrollIntoView({ block: "center" });
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[data-live] :disabled")) field.disabled = false;
});
