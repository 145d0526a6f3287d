// @ts-check
/**
 * Paper: marks what is being printed, opens closed sections for the print and closes them again.
 * Enters: a mode ("blank", "ticked", "letter") from any element; the print command.
 * Leaves: data-print on <html> until the print is over, which the print styles read.
 * Refuses to know: what is on the page, and what the modes hide.
 */
(() => {
  "use strict";
  const root = document.documentElement;
  /** @type {HTMLDetailsElement[]} */
  let opened = [];

  function clearMark() {
    delete root.dataset.print;
  }

  /**
   * Prints the page with a mark on <html> for as long as the print lasts.
   * @param {string} mode
   */
  function as(mode) {
    root.dataset.print = mode;
    globalThis.addEventListener("afterprint", clearMark, { once: true });
    globalThis.print();
  }

  function openDetails() {
    const closed = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details:not([open])"));
    opened.push(...closed);
    for (const details of closed) details.open = true;
  }

  function closeDetails() {
    for (const details of opened) details.open = false;
    opened = [];
  }

  globalThis.addEventListener("beforeprint", openDetails);
  globalThis.addEventListener("afterprint", closeDetails);
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { print: { as } });
})();
