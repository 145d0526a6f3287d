// @ts-check
/**
 * Loads search when the reader first goes to its box; until then a page loads nothing of it.
 * Enters: <search-box data-script data-data>. Leaves: both loads under way at once, or words that say it failed.
 * Refuses to know: what is typed, what a search finds.
 */
(() => {
  "use strict";
  /** Loading that takes longer than this is told, in milliseconds. */
  const PATIENCE = 400;
  let isUnderWay = false;

  /**
   * @param {HTMLElement} host
   * @param {string} words
   */
  function tell(host, words) {
    const panel = host.querySelector("[data-panel]");
    const status = host.querySelector("[role=status]");
    if (!(panel instanceof HTMLElement) || !status) return;
    panel.hidden = false;
    setTimeout(() => { status.textContent = words; }, 50); // a live region speaks when it changes while it is seen
  }

  /** @param {HTMLElement} host */
  async function open(host) {
    const { boot } = globalThis.undelivered;
    const { script = "", data = "", msgLoading = "", msgFailed = "" } = host.dataset;
    const late = setTimeout(() => tell(host, msgLoading), PATIENCE);
    boot.load(data).catch(() => {}); // side by side; the element tells what failed
    try {
      for (const path of script.split(" ")) await boot.load(path);
      if (!customElements.get(host.localName)) throw new Error("it came, and did not start");
    } catch {
      isUnderWay = false; // the next time the reader comes, it is tried again
      tell(host, msgFailed);
    }
    clearTimeout(late);
  }

  /** @param {EventTarget | null} target */
  function visit(target) {
    const host = target instanceof Element ? target.closest("search-box") : null;
    if (!(host instanceof HTMLElement) || isUnderWay) return;
    isUnderWay = true;
    open(host);
  }

  for (const type of ["focusin", "pointerdown", "input"]) addEventListener(type, ({ target }) => visit(target));
  visit(document.activeElement);
})();
