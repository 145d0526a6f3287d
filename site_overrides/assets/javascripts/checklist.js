// @ts-check
/**
 * <check-list> keeps its boxes in step with the store; <progress-note> counts the ticks of many lists.
 * Enters: inputs with data-tick="step/x/item", buttons data-reset and data-print="blank|ticked", data-retired.
 * Leaves: ticks in the store, a bubbling "undelivered:tick" {id, done} for each, progress in words and as a bar.
 * A cleared list can be brought back: the Undo button is made here when there is a data-msg-undo.
 * Refuses to know: an item by its text or its place, other lists, where ticks are kept.
 */
(() => {
  "use strict";
  const { element, store, checklistState: state, print } = globalThis.undelivered ?? {};
  if (!element || !store || !state) return console.error("<check-list> did not start: one of its scripts is missing");
  if (customElements.get("check-list")) return;

  /**
   * Shows how far the reader is: words, a bar, and data-done for the styles.
   * @param {InstanceType<typeof element.UndeliveredElement>} host
   * @param {readonly string[]} ids
   * @param {Ticks} ticks
   */
  function showProgress(host, ids, ticks) {
    const { done, total } = state.progress(ids, ticks);
    host.find("[data-progress-words]").textContent = host.words("progress", { done, total });
    host.find("[data-progress-bar]").style.inlineSize = `${total > 0 ? (100 * done) / total : 0}%`;
    host.find("[data-progress]").hidden = false;
    host.dataset.done = String(done);
  }

  /** Only a first visit has no boxes that the browser filled in by itself from an earlier one. */
  function isFirstVisit() {
    const [visit] = performance.getEntriesByType("navigation");
    return visit instanceof PerformanceNavigationTiming && visit.type === "navigate";
  }

  class CheckList extends element.UndeliveredElement {
    /** @type {string[]} what the last reset took away */
    #cleared = [];
    #isNew = true;

    start() {
      const retired = JSON.parse(this.dataset.retired || "{}"); // a broken attribute stops here, with nothing changed
      this.#keepEarlyTicks();
      this.#show();
      this.#tellRetired(retired);
      this.#makeUndo();
      this.listen(store.ticks.changes, "change", () => this.#show());
      this.listen(window, "pageshow", () => this.#show()); // back button, and browsers that restore boxes late
      this.listen(this, "change", ({ target }) => this.#tick(target));
      this.onClick("[data-reset]", () => this.#reset());
      this.onClick("[data-undo]", () => this.#undo());
      this.onClick("button[data-print]", (button) => print.as(button.dataset.print ?? ""));
    }

    get list() {
      return this.dataset.list ?? "";
    }

    /** This list, and those inside it. */
    get lists() {
      const inner = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("check-list"));
      return [this.list, ...[...inner].map((list) => list.dataset.list ?? "")];
    }

    /** @returns {HTMLInputElement[]} */
    get boxes() {
      return [...this.querySelectorAll("input")].filter((box) => box.dataset.tick !== undefined);
    }

    #show() {
      const ticks = store.ticks.read();
      for (const box of this.boxes) box.checked = ticks[box.dataset.tick ?? ""] === true;
      showProgress(this, this.boxes.map((box) => box.dataset.tick ?? ""), ticks);
    }

    /** A reader may tick before a slow script arrives. */
    #keepEarlyTicks() {
      const early = this.#isNew && isFirstVisit() ? this.boxes.filter((box) => box.checked && !box.defaultChecked) : [];
      this.#isNew = false; // put back into the page later, its boxes are old, not early
      if (early.length > 0) this.#write(early.map((box) => box.dataset.tick ?? ""), true);
    }

    /** @param {EventTarget | null} target */
    #tick(target) {
      if (!(target instanceof HTMLInputElement) || target.dataset.tick === undefined) return;
      this.#write([target.dataset.tick], target.checked);
    }

    /**
     * @param {readonly string[]} ids
     * @param {boolean} done
     */
    #write(ids, done) {
      store.ticks.update((ticks) => state.withTicks(ticks, ids, done));
      for (const id of ids) {
        this.dispatchEvent(new CustomEvent("undelivered:tick", { bubbles: true, detail: { id, done } }));
      }
    }

    #reset() {
      const ticks = store.ticks.read();
      const ticked = this.lists.flatMap((list) => state.tickedIn(ticks, list));
      if (ticked.length === 0) return;
      this.#cleared = ticked;
      this.#write(ticked, false);
      this.#offerUndo(true);
      this.#say("cleared");
    }

    #undo() {
      this.#write(this.#cleared, true);
      this.#cleared = [];
      this.#offerUndo(false);
      this.find("[data-reset]").focus();
      this.#say("undone");
    }

    /** @param {string} name */
    #say(name) {
      const place = this.querySelector("[data-status]");
      if (place instanceof HTMLElement) element.say(place, this.words(name));
    }

    /** @param {boolean} on */
    #offerUndo(on) {
      const button = this.querySelector("[data-undo]");
      if (button instanceof HTMLElement) button.hidden = !on;
    }

    #makeUndo() {
      const reset = this.querySelector("[data-reset]");
      if (!reset || !this.dataset.msgUndo || this.querySelector("[data-undo]")) return;
      const button = Object.assign(document.createElement("button"), { type: "button", hidden: true });
      button.className = reset.className;
      button.dataset.undo = "";
      button.textContent = this.words("undo");
      reset.after(button);
      this.#makeStatus();
    }

    #makeStatus() {
      if (this.querySelector("[data-status]")) return;
      const status = Object.assign(document.createElement("p"), { className: "u-status" });
      status.dataset.status = "";
      status.setAttribute("role", "status");
      this.append(status);
    }

    /** @param {Readonly<Record<string, string>>} retired */
    #tellRetired(retired) {
      const found = state.retiredTicked(retired, store.ticks.read(), this.list);
      if (found.length === 0) return;
      const note = this.find("[data-retired-note]");
      note.textContent = found.map(({ reason }) => this.words("retired", { reason })).join(" ");
      note.hidden = false;
      this.#onceSeen(note, () => this.#write(found.map(({ id }) => id), false));
    }

    /**
     * @param {HTMLElement} note
     * @param {() => void} step
     */
    #onceSeen(note, step) {
      const observer = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        if (this.isConnected) step();
      });
      observer.observe(note);
    }
  }

  class ProgressNote extends element.UndeliveredElement {
    start() {
      const ids = JSON.parse(this.dataset.ticks ?? "");
      const show = () => showProgress(this, ids, store.ticks.read());
      this.listen(store.ticks.changes, "change", show);
      this.listen(window, "pageshow", show);
      show();
    }
  }

  customElements.define("check-list", CheckList);
  customElements.define("progress-note", ProgressNote);
})();
