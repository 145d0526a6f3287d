// @ts-check
/**
 * Stands inside every page, in its head: what must be there before anything is painted, and the way to load more.
 * Enters: data-base on <html>, the way to the site's root; the colours that the reader chose; data-later, a script
 * that may come when the page is idle; any element with data-script, a script that it needs once it has the focus.
 * Leaves: data-js and data-theme on <html>, globalThis.undelivered.boot. It never throws where storage is denied.
 * Refuses to know: what the loaded scripts do. It is the same in all pages, because the content policy names its hash.
 */
(() => {
  "use strict";
  const root = document.documentElement;
  const KEY = "undelivered.theme";
  const base = new URL(root.dataset.base || "./", location.href);
  /** @type {Map<string, Promise<void>>} */
  const loads = new Map();

  /** @returns {string} "light", "dark", or "auto": as on the device */
  function chosen() {
    try {
      const kept = localStorage.getItem(KEY);
      return kept === "light" || kept === "dark" ? kept : "auto";
    } catch {
      return root.dataset.theme || "auto"; // denied, or null in some in-app browsers
    }
  }

  /** @param {string} theme */
  function keep(theme) {
    try {
      if (theme === "auto") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch { /* the colours hold until the reader leaves the page */ }
  }

  /** @param {string} theme */
  function paint(theme) {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const meta of document.querySelectorAll("meta")) {
      const { scheme } = meta.dataset; // the colour of the browser's own bars, one for each scheme
      if (scheme) meta.media = theme === "auto" ? `(prefers-color-scheme: ${scheme})` : scheme === theme ? "all" : "not all";
    }
  }

  function show() {
    const theme = chosen();
    paint(theme);
    for (const input of document.getElementsByName("theme")) {
      if (input instanceof HTMLInputElement) input.checked = input.value === theme;
    }
  }

  /**
   * The whole address of one of our own scripts.
   * @param {string} path as seen from the site's root
   */
  function address(path) {
    const { href } = new URL(path, base);
    if (!href.startsWith(base.href)) throw new TypeError(`not a script of this site: ${path}`);
    return href;
  }

  /** Without Trusted Types, or where a host forbids our policy, the address itself is what browsers take. */
  function policy() {
    try {
      return globalThis.trustedTypes.createPolicy("undelivered", { createScriptURL: address });
    } catch {
      return { createScriptURL: address };
    }
  }

  const trusted = policy();

  /** @param {string} path */
  function scriptUrl(path) {
    return trusted.createScriptURL(path);
  }

  /** @param {string} path */
  function add(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => resolve(undefined);
      script.onerror = () => {
        loads.delete(path); // the next one who asks may have a better line
        script.remove();
        reject(new Error(`could not load ${path}`));
      };
      script.src = scriptUrl(path);
      document.head.append(script);
    });
  }

  /** @param {string} path */
  function load(path) {
    if (!loads.has(path)) loads.set(path, add(path));
    return /** @type {Promise<void>} */ (loads.get(path));
  }

  /** @param {string | undefined} path */
  async function loadQuietly(path) {
    if (path) await load(path).catch((fault) => console.warn(fault.message));
  }

  /**
   * Words in the status line of an element that has no script yet.
   * @param {HTMLElement} host
   * @param {string | undefined} words
   */
  function tell(host, words) {
    const [panel, status] = ["[data-panel]", "[role=status]"].map((part) => host.querySelector(part));
    if (panel instanceof HTMLElement) panel.hidden = false;
    setTimeout(() => { if (status) status.textContent = words ?? ""; }, 50); // it speaks when it changes while it is seen
  }

  /**
   * Loads what an element needs, script and data side by side, and says so when that takes long or fails.
   * @param {HTMLElement} host
   */
  async function need(host) {
    const { script, data, msgLoading, msgFailed } = host.dataset;
    if (!script || loads.has(script)) return;
    const late = setTimeout(tell, 400, host, msgLoading);
    loadQuietly(data);
    await loadQuietly(script);
    clearTimeout(late);
    if (!customElements.get(host.localName)) tell(host, msgFailed);
  }

  root.dataset.js = "";
  paint(chosen());
  document.addEventListener("DOMContentLoaded", show);
  addEventListener("pageshow", show); // a page that comes back, and browsers that restore choices late
  addEventListener("storage", show); // another tab
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.name !== "theme") return;
    keep(target.value);
    paint(target.value);
  });
  document.addEventListener("focusin", ({ target }) => {
    const host = target instanceof Element ? target.closest("[data-script]") : null;
    if (host instanceof HTMLElement) need(host);
  });
  addEventListener("load", () => (globalThis.requestIdleCallback || setTimeout)(() => loadQuietly(root.dataset.later)));

  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { boot: { base, load, scriptUrl } });
})();
