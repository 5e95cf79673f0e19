// The update page saves what is typed: on the server a moment after each stop, and in this browser until the server has it.
// Without this script the "Save draft" buttons do it.
const form = document.querySelector("form[data-drafts]");
const WAIT = 800;
const AGAIN = 10000;
const JUST_NOW = 30000;

class Item {
  constructor(section) {
    this.section = section;
    this.fields = section.querySelector("[data-fields]");
    this.version = section.querySelector("[data-version]");
    this.said = section.querySelector("[data-saved]");
    this.key = `goldthread-draft-${form.dataset.drafts}-${section.dataset.item}`;
    this.timer = null;
    this.dropping = "";
    this.busy = false;
    this.dirty = false;
    this.stopped = false;
    this.fields.addEventListener("input", () => this.typed());
    this.fields.addEventListener("change", () => this.typed());
    this.fields.addEventListener("click", (event) => {
      if (event.target.closest("button[name=drop]")) this.takeOff(event);
    });
    this.bringBack();
  }

  inputs() {
    const all = [...this.fields.querySelectorAll("input, select, textarea")];
    return all.filter((one) => one.name && one !== this.version && one.type !== "file");
  }

  chooser() {
    return this.fields.querySelector("input[type=file]");
  }

  chosen() {
    return [...(this.chooser()?.files ?? [])];
  }

  values() {
    const found = {};
    for (const one of this.inputs()) found[one.name] = one.type === "checkbox" ? (one.checked ? "on" : "") : one.value;
    return found;
  }

  // What this browser kept because the server never had it: a lost connection, a battery that died.
  bringBack() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key));
    } catch {
      return;
    }
    if (!kept) return;
    if (kept.saved) {
      // The server has it. Only a page that was made before that save shows less than it should.
      if (Number(kept.version) <= Number(this.version.value) || Date.now() - kept.saved > JUST_NOW) return this.forget();
    }
    if (kept.version !== this.version.value) {
      // Another window has saved since: the server notices the old version and shows both texts.
      this.version.value = kept.version;
    }
    for (const one of this.inputs()) {
      if (!(one.name in kept.values)) continue;
      if (one.type === "checkbox") one.checked = kept.values[one.name] === "on";
      else one.value = kept.values[one.name];
    }
    if (kept.saved) return this.say("Saved");
    this.say("Brought back from this browser; saving");
    this.typed();
  }

  typed() {
    this.dirty = true;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  keep(saved = 0) {
    try {
      const kept = { version: this.version.value, values: this.values(), saved };
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Storage is full or switched off: the server alone keeps the draft.
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }

  async save(leaving = false) {
    if (this.busy || !this.dirty || this.stopped) return;
    this.busy = true;
    this.dirty = false;
    const data = new FormData();
    for (const [name, value] of Object.entries(this.values())) data.set(name, value);
    data.set(this.version.name, this.version.value);
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    // A page that is being left sends no files: a request that outlives it may only be small.
    const files = leaving ? [] : this.chosen();
    if (this.dropping) data.set("drop", this.dropping);
    this.dropping = "";
    for (const one of files) data.append(this.chooser().name, one);
    if (files.length) this.say(files.length === 1 ? `Adding ${files[0].name}` : `Adding ${files.length} files`);
    try {
      const answer = await fetch(this.section.dataset.draft, { method: "POST", body: data, keepalive: leaving });
      await this.answered(answer);
    } catch {
      this.later();
    }
    this.busy = false;
    if (this.dirty && !this.stopped) this.timer = setTimeout(() => this.save(), WAIT);
  }

  async answered(answer) {
    if (answer.ok) {
      const kept = await answer.json();
      this.version.value = kept.version;
      this.keep(this.dirty ? 0 : Date.now());
      if (kept.files) this.filed(kept);
      this.say(`Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`);
    } else if (answer.status === 409) {
      this.clash(await answer.json());
    } else if (answer.status === 422) {
      this.stopped = true;
      this.say((await answer.json()).problem);
    } else if (answer.status >= 500) {
      this.later();
    } else {
      this.stopped = true;
      this.say("Not saved: this page was open too long. Copy what you wrote, then reload the page.");
    }
  }

  // The server has the files, or says why it takes one of them not: the box is free for the next ones.
  filed(kept) {
    const list = this.fields.querySelector("[data-kept]");
    list.replaceChildren(...kept.files.map((one) => this.line(one)));
    list.hidden = !kept.files.length;
    const said = kept.refused.map((sentence) => {
      const line = document.createElement("p");
      line.className = "govuk-error-message";
      line.textContent = sentence;
      return line;
    });
    this.fields.querySelector("[data-refused]").replaceChildren(...said);
    const box = this.chooser();
    box.value = "";
    box.dispatchEvent(new Event("change")); // its own look follows; it does not bubble, so nothing is saved again
  }

  // Taking a file off leaves the page where it is; while something else is on its way, the button sends the form as ever.
  takeOff(event) {
    if (this.busy || this.stopped) return;
    event.preventDefault();
    this.dropping = event.target.closest("button").value;
    this.dirty = true;
    clearTimeout(this.timer);
    this.save();
    this.chooser().focus();
  }

  line(one) {
    const made = document.createElement("li");
    const off = document.createElement("button");
    off.className = "gt-link-button";
    off.name = "drop";
    off.value = one.drop;
    off.textContent = "Take off";
    const which = document.createElement("span");
    which.className = "govuk-visually-hidden";
    which.textContent = ` ${one.name}`;
    off.append(which);
    const opens = document.createElement("a");
    opens.className = "govuk-link";
    opens.href = one.href;
    opens.textContent = one.name;
    made.append(opens, " ", off);
    return made;
  }

  later() {
    this.dirty = true;
    const files = this.chosen().length ? " Files are sent then too: do not close the page." : "";
    this.say(`No connection: kept in this browser, saved when it is back.${files}`);
    this.timer = setTimeout(() => this.save(), AGAIN);
  }

  // Two windows, two texts: both are shown, and the next save keeps what stands in the box.
  clash(found) {
    this.stopped = true;
    this.section.querySelector("[data-clash]")?.remove();
    const box = document.createElement("div");
    box.className = "gt-clash";
    box.dataset.clash = "";
    const head = document.createElement("p");
    head.className = "govuk-body";
    head.textContent = found.problem;
    const theirs = document.createElement("p");
    theirs.className = "govuk-body";
    theirs.textContent = `Saved in the other window: ${found.theirs}`;
    const mine = this.button("Keep what stands in the box", () => this.settle(found.version));
    const other = this.button("Take the other text", () => {
      this.fields.querySelector("textarea").value = found.theirs;
      this.settle(found.version);
    });
    box.append(head, theirs, mine, " ", other);
    this.fields.prepend(box);
    this.say("Not saved yet: choose one of the two texts");
  }

  button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary gt-button--small";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  settle(version) {
    this.section.querySelector("[data-clash]")?.remove();
    this.version.value = version;
    this.stopped = false;
    this.typed();
  }

  say(text) {
    this.said.textContent = text;
  }
}

if (form) {
  const items = [...form.querySelectorAll("[data-item]")].map((section) => new Item(section));
  for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
  addEventListener("online", () => items.forEach((item) => item.save()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") items.forEach((item) => item.save(true));
  });
  document.querySelector("form[data-leave]")?.addEventListener("submit", () => items.forEach((item) => item.forget()));
  form.addEventListener("submit", async (event) => {
    if (items.some((item) => item.busy)) {
      // A save is on its way: the form follows it, so that the two do not take each other for strangers.
      event.preventDefault();
      while (items.some((item) => item.busy)) await new Promise((done) => setTimeout(done, 50));
      form.requestSubmit(event.submitter);
      return;
    }
    for (const item of items) {
      clearTimeout(item.timer);
      item.stopped = true; // the form carries every text itself
      item.forget();
    }
  });
}
