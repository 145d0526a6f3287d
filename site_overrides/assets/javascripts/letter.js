// @ts-check
/**
 * <letter-form>: the letter changes as the reader types; print, copy, save as text.
 * Enters: data-letter (tree, blanks, ticks, countries: see letter-tree.js), a form, words in data-msg-*, data-file.
 * Leaves: the letter as text nodes, data-gaps, a file, a copy; something in the store only while data-keep is ticked.
 * Nothing is submitted and nothing reaches the address.
 * Refuses to know: what the letter says, how a condition is decided, what a field holds, where kept letters are.
 */
(() => {
  "use strict";
  const { element, store, letterTree, letterState: state, letterFields, print } = globalThis.undelivered ?? {};
  if (!element || !store || !letterTree || !state || !letterFields) {
    return console.error("<letter-form> did not start: one of its scripts is missing");
  }
  if (customElements.get("letter-form")) return;

  /**
   * @param {string} name
   * @param {string} className
   * @param {(Node | string)[]} children
   */
  function make(name, className, children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /**
   * Hands a text to the browser as a file.
   * @param {string} text
   * @param {string} name
   */
  function download(text, name) {
    const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000); // Safari reads the file only after the click is over
  }

  /**
   * @param {EventTarget | null} target
   * @returns {target is LetterField}
   */
  function isField(target) {
    return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  }

  class LetterForm extends element.UndeliveredElement {
    /** @type {LetterData} */
    #letter = { tree: { subject: [], body: [] }, blanks: {}, ticks: [], countries: {} };
    #touched = false;
    /** @type {LetterFieldsType | undefined} */
    #fields;

    start() {
      for (const needed of ["[data-preview]", "[data-keep]", "[data-status]"]) this.find(needed);
      this.#letter = JSON.parse(this.dataset.letter ?? "");
      this.#fields = new letterFields.LetterFields(this.form, this.#letter, (fault) => this.words(fault));
      this.#compose(); // throws on a tree that it does not understand, before anything has changed
      this.listen(this.form, "submit", (event) => event.preventDefault()); // Enter in a field must not leave the page
      this.#empty();
      this.#listenToForm();
      this.#listenToTools();
      this.listen(store.letters.changes, "change", () => this.#followStore());
      this.listen(window, "pageshow", () => this.#returned());
    }

    get form() {
      return /** @type {HTMLFormElement} */ (this.find("form"));
    }

    get fields() {
      if (!this.#fields) throw new Error("the form has not been read");
      return this.#fields;
    }

    get preview() {
      return this.find("[data-preview]");
    }

    get keep() {
      return /** @type {HTMLInputElement} */ (this.find("[data-keep]"));
    }

    get letterId() {
      return this.dataset.id ?? "";
    }

    #listenToForm() {
      this.listen(this.form, "input", ({ target }) => this.#typed(target));
      this.listen(this.form, "change", ({ target }) => target === this.keep && this.#keepChanged());
      this.listen(this.form, "focusout", ({ target }) => this.#left(target));
    }

    #listenToTools() {
      this.onClick("[data-wipe]", () => this.#wipe());
      this.onClick("[data-print-letter]", () => this.#print());
      this.onClick("[data-copy]", () => void this.#copy());
      this.onClick("[data-save-text]", () => this.#save());
    }

    // ---- typing

    /** @param {EventTarget | null} target */
    #typed(target) {
      if (!isField(target) || target === this.keep) return;
      this.#touched = true;
      if (target.hasAttribute("aria-invalid")) this.fields.showFault(target);
      if (this.keep.checked) this.#keepAnswers({ [target.name]: this.fields.answers()[target.name] ?? "" });
      this.#show();
    }

    /** @param {EventTarget | null} target */
    #left(target) {
      const field = this.fields.blankOf(target);
      if (field) this.fields.showFault(field);
      if (this.keep.checked) setTimeout(() => this.#followStore()); // another tab may have written into this field
    }

    /** Starts from what is kept or from nothing, whatever the browser put back into the fields after a reload. */
    #empty() {
      this.fields.empty();
      this.#followStore();
    }

    #returned() {
      if (this.#touched) this.#followStore();
      else this.#empty(); // some browsers fill in fields only now
    }

    // ---- keeping

    #followStore() {
      const kept = store.letters.read()[this.letterId];
      const mayFillIn = this.keep.checked || this.fields.areEmpty; // typed here: not another tab's to replace
      this.keep.checked = kept !== undefined && mayFillIn;
      if (kept && mayFillIn) this.fields.fillIn(kept);
      this.#show();
    }

    /** @param {Readonly<Record<string, string | boolean>>} answers */
    #keepAnswers(answers) {
      store.letters.update((letters) => state.withAnswers(letters, this.letterId, answers));
    }

    #keepChanged() {
      if (!this.keep.checked) return this.#forget();
      const given = Object.entries(this.fields.answers()).filter(([, answer]) => answer);
      this.#keepAnswers(Object.fromEntries(given)); // another tab may have kept the rest
    }

    #forget() {
      store.letters.update((letters) => state.withoutLetter(letters, this.letterId));
    }

    #wipe() {
      this.#forget();
      this.#empty();
      this.#say("wiped");
    }

    // ---- the letter

    /** The letter as it is now: the segments of its two parts. */
    #compose() {
      const answers = this.fields.answers();
      const country = String(answers.country) || "other";
      const { tree, countries } = this.#letter;
      const locale = countries[country] ?? countries.other ?? "en-GB";
      const values = { ...answers, country };
      const compose = (/** @type {LetterNode[]} */ nodes) => letterTree.segments(nodes, values, locale);
      return { subject: compose(tree.subject), body: compose(tree.body) };
    }

    #show() {
      const { subject, body } = this.#compose();
      const first = make("p", "u-letter__subject", subject.map((segment) => this.#piece(segment)));
      const others = state.paragraphs(body).map((lines) => this.#paragraph(lines));
      this.preview.replaceChildren(first, ...others);
      this.dataset.gaps = String(state.gaps([...subject, ...body]).length);
    }

    /** @param {LetterSegment[][]} lines */
    #paragraph(lines) {
      const pieces = lines.flatMap((line) => [make("br", "", []), ...line.map((segment) => this.#piece(segment))]);
      return make("p", "", pieces.slice(1));
    }

    /** @param {LetterSegment} segment */
    #piece(segment) {
      if (!state.isGap(segment)) return segment.text;
      return make("span", "u-gap", [make("span", "u-gap__label", [this.fields.label(segment.blank ?? "")])]);
    }

    /** The letter as text: the subject on one line, then the body. */
    #text() {
      const { subject, body } = this.#compose();
      const label = (/** @type {string} */ blank) => this.fields.label(blank);
      const [title = "", text] = [subject, body].map((part) => state.plainText(part, label).trim());
      return `${this.words("subject", { subject: title.replace(/\s+/g, " ") })}\n\n${text}\n`;
    }

    // ---- what the reader can do with it

    #print() {
      this.#say();
      print.as("letter");
    }

    #save() {
      download(this.#text(), this.dataset.file ?? "letter.txt");
      this.#say("saved");
    }

    async #copy() {
      try {
        await navigator.clipboard.writeText(this.#text());
        this.#say("copied");
      } catch {
        globalThis.getSelection()?.selectAllChildren(this.preview); // no permission, or a page without HTTPS
        this.#say("copy-failed");
      }
    }

    /** How many gaps are empty, in words; the plural form is the language's own: data-msg-missing-one and so on. */
    #missing() {
      const count = Number(this.dataset.gaps);
      if (count === 0) return "";
      const form = new Intl.PluralRules(document.documentElement.lang || "en").select(count);
      return this.words(`missing-${form}`, { count }) || this.words("missing", { count });
    }

    /** @param {string} [name] what was done; nothing when only the gaps are worth telling */
    #say(name) {
      const missing = name === "wiped" ? "" : this.#missing();
      element.say(this.find("[data-status]"), [name ? this.words(name) : "", missing].filter(Boolean).join(" "));
    }
  }

  customElements.define("letter-form", LetterForm);
})();
