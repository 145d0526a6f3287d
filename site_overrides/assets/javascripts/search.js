// @ts-check
/**
 * <search-box> finds pages while the reader types, all in this browser.
 * Enters: an input, a panel with role="status", a list and the link to all pages; data-data, the way to the data.
 * Leaves: links to pages as text nodes, their number said once. What is typed goes nowhere: no address, no storage.
 * Refuses to know: how pages are ranked, how a script is loaded.
 */
(() => {
  "use strict";
  const { element, boot, searchState: state } = globalThis.undelivered ?? {};
  if (!element || !boot || !state || typeof MiniSearch !== "function") throw new Error("<search-box> did not start: one of its scripts is missing");
  if (customElements.get("search-box")) return;

  /** A pause in typing, in milliseconds: short enough to feel at once, long enough to be said once. */
  const PAUSE = 120;

  /** @type {Promise<SearchIndex> | undefined} one for the page; a failed one is forgotten, so that it can be tried again */
  let index;

  /**
   * @param {string} path
   * @returns {Promise<SearchIndex>}
   */
  function loadIndex(path) {
    index ??= boot.load(path).then(() => {
      if (!state.isData(undelivered.searchPages)) throw new Error("the search data has another shape");
      return state.build(MiniSearch, undelivered.searchPages);
    });
    index.catch(() => { index = undefined; });
    return index;
  }

  /**
   * The address of a page of this site; undefined when a record leads anywhere else.
   * @param {string} url
   * @param {string} fragment
   */
  function addressOf(url, fragment) {
    const base = String(boot.base);
    const address = URL.canParse?.(url, base) === false ? undefined : new URL(url, base);
    if (!address?.href.startsWith(base)) return undefined;
    // A folder opened without a server shows a list of files.
    if (address.protocol === "file:" && address.pathname.endsWith("/")) address.pathname += "index.html";
    address.hash = fragment;
    return address.href;
  }

  /**
   * @param {string} name
   * @param {string} className
   * @param {string} text
   */
  function part(name, className, text) {
    return Object.assign(document.createElement(name), { className, textContent: text });
  }

  /**
   * @param {SearchResult} result
   * @returns {HTMLElement[]} a list item, or nothing where the record leads away from the site
   */
  function item(result) {
    const href = addressOf(result.url, result.heading?.id ?? "");
    if (!href) return [];
    const link = Object.assign(document.createElement("a"), { href, className: "u-search__link" });
    link.append(part("span", "u-search__title", result.title));
    if (result.heading) link.append(" ", part("span", "u-search__heading", result.heading.words));
    link.append(" ", part("span", "u-search__lead", result.lead));
    const one = part("li", "u-search__item", "");
    one.append(link);
    return [one];
  }

  class SearchBox extends element.UndeliveredElement {
    #timer = 0;
    #said = "";
    #turn = 0;
    #dismissed = 0;

    start() {
      this.listen(this.box, "input", () => this.#soon());
      this.listen(this.box, "focus", () => this.panel.hidden && this.#look()); // not after Escape, which closes it
      this.listen(this, "keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
      this.listen(this, "focusout", (event) => this.#left(/** @type {FocusEvent} */ (event).relatedTarget));
      this.listen(document, "pointerdown", ({ target }) => this.#left(target));
      this.listen(this.panel, "click", (event) => this.#followed(/** @type {MouseEvent} */ (event)));
      if (this.contains(document.activeElement)) this.#look(); // typed before this script came
    }

    get box() {
      return /** @type {HTMLInputElement} */ (this.find("input"));
    }

    get panel() {
      return this.find("[data-panel]");
    }

    get list() {
      return this.find("[data-results]");
    }

    /** @returns {HTMLElement[]} the links in the panel, also the one to all pages */
    get links() {
      return [...this.panel.querySelectorAll("a")];
    }

    #soon() {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#look(), PAUSE);
    }

    async #look() {
      clearTimeout(this.#timer);
      const turn = ++this.#turn;
      const loading = setTimeout(() => this.#tell("loading"), this.box.value ? 2 * PAUSE : 10 * PAUSE);
      try {
        const ready = await loadIndex(this.dataset.data ?? "");
        if (turn > this.#dismissed) this.#show(state.search(ready, this.box.value));
      } catch (fault) {
        this.list.replaceChildren();
        this.#tell("failed");
        console.warn(`<search-box> has no data: ${fault instanceof Error ? fault.message : fault}`);
      } finally {
        clearTimeout(loading);
      }
    }

    /** @param {readonly SearchResult[]} results */
    #show(results) {
      if (this.list.contains(document.activeElement)) return; // a slow look takes no link from under the focus
      const items = results.flatMap(item);
      this.list.replaceChildren(...items);
      if (this.box.value.trim() === "") this.#close();
      else this.#tell(["none", "one"][items.length] ?? "many", { count: items.length });
    }

    /**
     * Opens the panel and says a sentence, unless it was the last one said.
     * @param {string} name
     * @param {Readonly<Record<string, number>>} [slots]
     */
    #tell(name, slots) {
      if (!this.contains(document.activeElement)) return;
      const words = this.words(name, slots);
      if (this.panel.hidden || words !== this.#said) element.say(this.find("[role=status]"), words);
      this.panel.hidden = false;
      this.#said = words;
    }

    #close() {
      this.panel.hidden = true;
    }

    /** @param {EventTarget | null} target where the focus or the finger went; null when the window was left */
    #left(target) {
      if (target instanceof Node && !this.contains(target)) this.#close();
    }

    /** @param {MouseEvent} event */
    #followed(event) {
      const isLink = event.target instanceof Element && event.target.closest("a");
      if (isLink && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.#close(); // it may lead to this very page
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") return this.#escape(event);
      if (event.key === "Enter" && event.target === this.box) return this.#enter(event);
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (way && !this.panel.hidden) this.#move(event, way);
    }

    /** @param {Event} event */
    #escape(event) {
      if (this.panel.hidden) return; // the browser's own: it empties the box
      event.preventDefault();
      this.box.focus();
      this.#dismissed = this.#turn; // the look that the focus began opens nothing
      this.#close();
    }

    /**
     * To the best answer, which a second Enter opens; on a phone the keyboard goes away.
     * @param {Event} event
     */
    async #enter(event) {
      event.preventDefault();
      await this.#look();
      if (this.list.childElementCount > 0) this.links[0]?.focus();
    }

    /**
     * Through the box and the links, round and round.
     * @param {Event} event
     * @param {number} way
     */
    async #move(event, way) {
      event.preventDefault();
      if (document.activeElement === this.box) await this.#look(); // the last letters may be waiting for the pause
      const stops = [this.box, ...this.links];
      const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
      stops.at((at + way) % stops.length)?.focus();
    }
  }

  customElements.define("search-box", SearchBox);
})();
