// @ts-check
/**
 * The base of every element: starts it when its HTML is whole, stops it when it leaves, keeps its faults to itself.
 * Enters: an element's own `start()`.
 * Leaves: parts marked data-needs-script shown, or one logged sentence and the page as it was.
 * Words come from data-msg-* attributes; slots such as {done} are filled by `fill`.
 * Refuses to know: what any element does, storage, words of its own.
 */
(() => {
  "use strict";

  /** A live region speaks only when it changes after it became visible; in milliseconds. */
  const PAUSE_BEFORE_SPEAKING = 50;

  /**
   * Puts values into the {slots} of a sentence; a slot without a value stays as it is.
   * @param {string} words
   * @param {Readonly<Record<string, string | number>>} slots
   */
  function fill(words, slots) {
    return words.replace(/\{(\w+)\}/g, (slot, name) => (Object.hasOwn(slots, name) ? String(slots[name]) : slot));
  }

  /**
   * Shows words in a place that screen readers listen to, also when they are the same as before.
   * @param {HTMLElement} place
   * @param {string} words
   */
  function say(place, words) {
    place.textContent = "";
    place.hidden = false;
    setTimeout(() => { place.textContent = words; }, PAUSE_BEFORE_SPEAKING);
  }

  /**
   * Runs a step once the document is parsed: an element that stands above its script has no children yet.
   * @param {() => void} step
   * @param {AbortSignal} signal
   */
  function whenParsed(step, signal) {
    if (document.readyState !== "loading") step();
    else document.addEventListener("DOMContentLoaded", step, { signal });
  }

  class UndeliveredElement extends HTMLElement {
    #life = new AbortController();

    connectedCallback() {
      this.#life = new AbortController();
      whenParsed(() => this.#begin(), this.#life.signal);
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** What an element does when its HTML is there; a throw leaves the page as it was. */
    start() {}

    #begin() {
      try {
        this.start();
        this.#showTools();
      } catch (fault) {
        this.#life.abort();
        this.#log("did not start", fault);
      }
    }

    #showTools() {
      for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-needs-script]"))) {
        part.hidden = false;
      }
    }

    /**
     * @param {string} what
     * @param {unknown} fault
     */
    #log(what, fault) {
      console.error(`<${this.localName}> ${what}: ${fault instanceof Error ? fault.message : fault}`);
    }

    /**
     * Listens until the element leaves the page; a throwing handler costs one logged sentence.
     * @param {EventTarget} target
     * @param {string} type
     * @param {(event: Event) => void} handler
     */
    listen(target, type, handler) {
      const { signal } = this.#life;
      target.addEventListener(type, (event) => this.#attempt(type, () => handler(event)), { signal });
    }

    /**
     * @param {string} what
     * @param {() => void} step
     */
    #attempt(what, step) {
      try {
        step();
      } catch (fault) {
        this.#log(`could not handle "${what}"`, fault);
      }
    }

    /**
     * Calls a step when a click lands on a button that matches.
     * @param {string} selector
     * @param {(button: HTMLElement) => void} step
     */
    onClick(selector, step) {
      this.listen(this, "click", ({ target }) => {
        const button = target instanceof Element ? target.closest(selector) : null;
        if (button instanceof HTMLElement) step(button);
      });
    }

    /**
     * A part that the element cannot work without.
     * @param {string} selector
     * @returns {HTMLElement}
     */
    find(selector) {
      const found = this.querySelector(selector);
      if (!(found instanceof HTMLElement)) throw new Error(`no part matches ${selector}`);
      return found;
    }

    /**
     * The sentence of data-msg-<name> with its slots filled; empty when there is none.
     * @param {string} name
     * @param {Readonly<Record<string, string | number>>} [slots]
     */
    words(name, slots = {}) {
      return fill(this.getAttribute(`data-msg-${name}`) ?? "", slots);
    }
  }

  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { element: { UndeliveredElement, fill, say } });
})();
