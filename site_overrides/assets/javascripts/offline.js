// @ts-check
/**
 * Offline use, seen from a page: starts the service worker, offers a newer release, keeps or removes the site.
 * Enters: undelivered.boot; the hidden [data-newer] part of the page with its words; the worker's answers.
 * Leaves: undelivered.offline; that part shown when a newer release waits. Nothing at all from a folder, or where the
 * browser has no service workers.
 * Refuses to know: what is kept and how. Nothing that a reader types is in it.
 */
(() => {
  "use strict";
  const { boot, offline } = globalThis.undelivered ?? {};
  if (offline) return;
  if (!boot) return console.error("offline use did not start: boot is missing");
  const container = workers();
  const { base } = boot;
  const PREFIX = `undelivered ${base.pathname} `;
  const NOTES = `${PREFIX}notes`;
  const CHOICE = new URL(".notes/choice", base).href;
  const LATER = "undelivered.later";
  /** A live region speaks only when it changes after it became visible; in milliseconds. */
  const PAUSE_BEFORE_SPEAKING = 50;

  /** From a folder there are none, and a page in a sandbox may not even ask. */
  function workers() {
    try {
      return location.protocol === "file:" ? undefined : navigator.serviceWorker;
    } catch {
      return undefined;
    }
  }

  // ---- what the reader chose; the worker reads it too

  async function choice() {
    const found = await caches.match(CHOICE, { cacheName: NOTES });
    return found ? found.text() : "";
  }

  /** @param {string} text */
  async function choose(text) {
    await (await caches.open(NOTES)).put(CHOICE, new Response(text));
  }

  // ---- the worker

  function register() {
    if (!container) throw new Error("this browser has no service workers");
    return container.register(boot.scriptUrl("sw.js"), { scope: base.href, updateViaCache: "none" });
  }

  /** Only our own: a worker of a site above this one is somebody else's. */
  async function registration() {
    const found = await container?.getRegistration(base.href);
    return found?.scope === base.href ? found : undefined;
  }

  /**
   * The worker once it runs; a throw when it could not be installed.
   * @param {ServiceWorkerRegistration} from
   * @returns {Promise<ServiceWorker>}
   */
  function running(from) {
    if (from.active) return Promise.resolve(from.active);
    const coming = from.installing ?? from.waiting;
    return new Promise((resolve, reject) => {
      if (!coming) return reject(new Error("the worker was not installed"));
      coming.addEventListener("statechange", () => {
        if (coming.state === "activated") resolve(coming);
        if (coming.state === "redundant") reject(new Error("the worker was not installed"));
      });
    });
  }

  /**
   * Asks a worker and waits for its last word.
   * @param {ServiceWorker} worker
   * @param {string} question
   * @param {(told: any) => void} [tell] what it says meanwhile
   * @returns {Promise<any>}
   */
  function ask(worker, question, tell) {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve, reject) => {
      port1.onmessage = ({ data }) => {
        if (data.fault) reject(new Error(data.fault));
        else if ("keeping" in data) tell?.(data);
        else resolve(data);
      };
      worker.postMessage({ ask: question }, [port2]);
    });
  }

  // ---- what others may call

  /** Pages that are kept, of how many; undefined when nothing is. */
  async function status() {
    const active = (await registration())?.active;
    return active ? ask(active, "status") : undefined;
  }

  /**
   * Keeps the whole site; throws when the network or the room is not enough.
   * @param {(told: { keeping: number, of: number }) => void} [tell]
   */
  async function keep(tell) {
    await choose("all");
    return ask(await running(await register()), "keep", tell);
  }

  /** Removes the site from this device, and remembers nothing but that. */
  async function remove() {
    await (await registration())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
    await choose("none");
  }

  // ---- a newer release

  /** @param {string} [version] the release that the reader does not want yet, for as long as this tab is open */
  function later(version) {
    try {
      if (version) sessionStorage.setItem(LATER, version);
      return sessionStorage.getItem(LATER);
    } catch {
      return null; // asked again on the next page
    }
  }

  /** @returns {boolean} whether a form on this page would lose what was typed */
  function isTyped() {
    const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("main form :is(input, textarea)"));
    return [...fields].some((field) => field.value !== field.defaultValue);
  }

  /**
   * The offer lies over the foot of the window: what has the focus, or gets it, is scrolled clear of it.
   * @param {HTMLElement} notice
   */
  function makeRoom(notice) {
    const room = notice.hidden ? "" : `${notice.offsetHeight}px`;
    document.documentElement.style.scrollPaddingBlockEnd = room;
    document.body.style.paddingBlockEnd = room;
    const one = document.activeElement;
    const { top, bottom, height } = one?.getBoundingClientRect() ?? new DOMRect();
    const free = innerHeight - notice.offsetHeight;
    if (height < free && bottom > free && top < innerHeight && !notice.contains(one)) one?.scrollIntoView({ block: "nearest" });
  }

  /** @type {HTMLElement | null} where the focus was before it went into the offer */
  let before = null;

  /** @param {FocusEvent} event */
  function noteBefore({ currentTarget, relatedTarget: from }) {
    if (from instanceof HTMLElement && currentTarget instanceof Node && !currentTarget.contains(from)) before = from;
  }

  /** @param {HTMLElement} notice */
  function close(notice) {
    const hadFocus = notice.contains(document.activeElement);
    notice.hidden = true;
    makeRoom(notice);
    const back = before?.isConnected ? before : document.querySelector("main");
    if (hadFocus) back?.focus({ preventScroll: true });
  }

  /** @param {ServiceWorker} waiting */
  async function offer(waiting) {
    const notice = document.querySelector("[data-newer]");
    const words = notice?.querySelector("[role=status]");
    if (!(notice instanceof HTMLElement) || !words) return;
    const { version } = await ask(waiting, "status");
    if (later() === version) return;
    words.textContent = "";
    notice.hidden = false;
    setTimeout(() => { words.textContent = (isTyped() ? notice.dataset.msgTyped : notice.dataset.msgNewer) ?? ""; }, PAUSE_BEFORE_SPEAKING);
    // Words, a turned phone and larger text change its height.
    new ResizeObserver(() => requestAnimationFrame(() => makeRoom(notice))).observe(notice);
    notice.addEventListener("focusin", noteBefore);
    notice.onclick = ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      if (button?.hasAttribute("data-load")) load(waiting);
      if (button?.hasAttribute("data-later")) { later(version); close(notice); }
    };
    waiting.addEventListener("statechange", () => { if (waiting.state === "redundant") close(notice); });
  }

  /** @param {ServiceWorker} waiting */
  function load(waiting) {
    if (waiting.state !== "installed") return location.reload(); // another tab took it
    container?.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ ask: "take over" });
  }

  /** @param {ServiceWorkerRegistration} from */
  function watch(from) {
    const { waiting } = from;
    if (waiting && from.active) quietly(offer(waiting));
    from.addEventListener("updatefound", () => {
      const coming = from.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed" && from.active) quietly(offer(coming));
      });
    });
  }

  /** @param {Promise<unknown>} work */
  function quietly(work) {
    work.catch((fault) => console.warn(`offline use: ${fault instanceof Error ? fault.message : fault}`));
  }

  async function start() {
    if ((await choice()) !== "none") watch(await register());
  }

  const able = Boolean(container) && "caches" in globalThis;
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { offline: { able, status, keep, remove } });
  if (!able) return;
  if (document.readyState === "complete") quietly(start());
  else addEventListener("load", () => setTimeout(() => quietly(start())), { once: true });
})();
