// @ts-check
/**
 * <storage-notice>: tells the reader, once per page view, what is wrong with the storage of this browser.
 * Enters: the store's faults, and one sentence for each in data-msg-denied, -full, -corrupt, -newer.
 * Leaves: those sentences in the element's one role="status" paragraph.
 * Refuses to know: what was stored, and why it could not be.
 */
(() => {
  "use strict";
  const { element, store } = globalThis.undelivered ?? {};
  if (!element || !store) return console.error("<storage-notice> did not start: element.js or store.js is missing");
  if (customElements.get("storage-notice")) return;

  class StorageNotice extends element.UndeliveredElement {
    start() {
      this.listen(store.notices.changes, "change", () => this.#tell());
      this.#tell();
    }

    #tell() {
      const sentences = store.notices.said().map((fault) => this.words(fault));
      if (sentences.length > 0) element.say(this.find("[role=status]"), sentences.join(" "));
    }
  }

  customElements.define("storage-notice", StorageNotice);
})();
