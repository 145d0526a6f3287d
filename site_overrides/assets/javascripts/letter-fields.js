// @ts-check
/**
 * The fields of a letter's form: read, filled in, and their faults shown beside them in words.
 * Enters: a form, the letter's blanks, ticks and countries, a function that gives the sentence for a fault.
 * Leaves: answers by field name ("" when nothing is chosen), fields changed in place; wrong text stays as it was typed.
 * Refuses to know: the letter's text, the storage, when it is called.
 */
(() => {
  "use strict";
  const { letterTree, letterState: state } = globalThis.undelivered ?? {};

  class LetterFields {
    /**
     * @param {HTMLFormElement} form
     * @param {LetterData} letter
     * @param {(fault: string) => string} words
     */
    constructor(form, letter, words) {
      this.form = form;
      this.kinds = letter.blanks;
      this.words = words;
      this.blanks = Object.keys(letter.blanks).map((name) => this.#named(name));
      this.ticks = letter.ticks.map((name) => /** @type {HTMLInputElement} */ (this.#named(name)));
      this.countries = [...form.querySelectorAll("input")].filter((input) => input.name === "country");
    }

    /**
     * @param {string} name
     * @returns {LetterField}
     */
    #named(name) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return field;
      throw new Error(`no field is called "${name}"`);
    }

    /**
     * What the reader answered, by field name.
     * @returns {Record<string, string | boolean>}
     */
    answers() {
      const country = this.countries.find((radio) => radio.checked)?.value ?? "";
      const blanks = this.blanks.map((field) => [field.name, field.value]);
      const ticks = this.ticks.map((box) => [box.name, box.checked]);
      return { country, ...Object.fromEntries([...blanks, ...ticks]) };
    }

    get areEmpty() {
      return !Object.values(this.answers()).some(Boolean);
    }

    empty() {
      this.form.reset();
      for (const field of this.blanks) this.showFault(field);
    }

    /**
     * Puts kept answers into the form; the field in use belongs to the reader.
     * @param {KeptLetter} kept
     */
    fillIn({ country, values }) {
      for (const field of this.blanks) this.#fillInBlank(field, String(values[field.name] ?? ""));
      for (const box of this.ticks) box.checked = values[box.name] === true;
      for (const radio of this.countries) radio.checked = radio.value === country;
    }

    /**
     * @param {LetterField} field
     * @param {string} text
     */
    #fillInBlank(field, text) {
      if (field === document.activeElement || field.value === text) return; // setting "" again would lose half a date
      field.value = text;
      this.showFault(field);
    }

    /** @param {LetterField} field */
    #faultOf(field) {
      const kind = this.kinds[field.name]?.kind ?? "text";
      return field.validity.badInput ? `bad-${kind}` : state.fault(kind, field.value, letterTree.isDate);
    }

    /** @param {LetterField} field */
    showFault(field) {
      const fault = this.#faultOf(field);
      if (fault) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      const place = this.form.querySelector(`#${CSS.escape(field.id)}-error`);
      if (place instanceof HTMLElement) this.#tell(field, place, fault && this.words(fault));
    }

    /**
     * @param {LetterField} field
     * @param {HTMLElement} place
     * @param {string} sentence
     */
    #tell(field, place, sentence) {
      place.hidden = sentence === "";
      place.textContent = sentence;
      const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
      if (!ids.includes(place.id)) field.setAttribute("aria-describedby", [...ids, place.id].join(" "));
    }

    /**
     * The blank that an event came from, if it came from one.
     * @param {EventTarget | null} target
     */
    blankOf(target) {
      return this.blanks.find((field) => field === target);
    }

    /** @param {string} blank */
    label(blank) {
      return this.#named(blank).labels?.[0]?.textContent?.trim() ?? blank;
    }
  }

  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { letterFields: { LetterFields } });
})();
