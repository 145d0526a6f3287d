// @ts-check
/**
 * The service worker: keeps one whole release of the site on the device, and serves each open page from one release.
 * Enters: RELEASE, the list of files with their hashes that the build puts in; requests; what pages ask.
 * Leaves: answers from the kept release, or from the network wherever anything fails.
 * Refuses to know: what is on the pages, and anything that a reader types. The reasons stand in docs/decisions/0009.
 */
(() => {
  "use strict";

  /** @type {{ version: string, bytes: number, files: Record<string, string> }} */
  const RELEASE = { version: "", bytes: 0, files: {} };

  const worker = /** @type {any} */ (globalThis);
  const scope = new URL(worker.registration.scope);
  /** Other sites may stand on the same host, below other paths, and share its storage. */
  const PREFIX = `undelivered ${scope.pathname} `;
  const NOTES = `${PREFIX}notes`;
  const MINE = PREFIX + RELEASE.version;
  /** Beside versions: a page that was here before any worker gets its parts from the network while there is one. */
  const NETWORK = "network";
  /** And a page that is surely not of this release never gets a part of it. */
  const OTHER = "other";
  const HASH = "x-undelivered-sha256";
  const AT_ONCE = 6;
  /** A bigger site is not loaded unasked. */
  const MOST_BYTES_UNASKED = 40_000_000;
  /** After this long a waiting release is taken at the next change of page, also where no offer can be shown. */
  const LONGEST_WAIT = 60 * 60 * 1000;
  const MOST_CLIENTS = 100;

  /** Hashes by pathname. */
  const LIST = new Map(Object.entries(RELEASE.files).map(([path, hash]) => [new URL(path, scope).pathname, hash]));
  const PAGES = [...LIST.keys()].filter((path) => path.endsWith("/"));

  // ---- a file: loaded, checked, kept

  /** @param {ArrayBuffer} bytes */
  async function shortHash(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /**
   * An answer made anew: one with an address of its own would change the page's address and lose its query.
   * @param {ArrayBuffer} bytes
   * @param {Response} from
   * @param {string} hash
   */
  function copyOf(bytes, from, hash) {
    const headers = new Headers(from.headers); // the policies are among them
    for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
    headers.set(HASH, hash);
    return new Response(bytes, { status: 200, headers });
  }

  /**
   * The file of this release, or a throw.
   * @param {string} path
   */
  async function load(path) {
    const wanted = LIST.get(path) ?? "";
    let reason = "";
    for (const cache of /** @type {RequestCache[]} */ (["no-cache", "reload"])) {
      const response = await fetch(path, /** @type {RequestInit} */ ({ cache, priority: "low" }));
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
      const bytes = await response.arrayBuffer();
      if ((await shortHash(bytes)) === wanted) return copyOf(bytes, response, wanted);
      reason = `${path} is not the file of this release`;
    }
    throw new Error(reason);
  }

  /**
   * @param {Cache} cache
   * @param {readonly Cache[]} older
   * @param {string} path
   */
  async function keep(cache, older, path) {
    for (const place of [cache, ...older]) {
      const found = await place.match(path);
      if (!found || found.headers.get(HASH) !== LIST.get(path)) continue;
      return place === cache ? undefined : cache.put(path, found);
    }
    await cache.put(path, await load(path));
  }

  /**
   * Keeps all these files; throws at the first that fails. What was kept by then is there for the next attempt.
   * @param {readonly string[]} paths
   * @param {(kept: number) => void} [tell]
   */
  async function keepAll(paths, tell) {
    const cache = await caches.open(MINE);
    const older = await Promise.all((await releases()).filter((name) => name !== MINE).map((name) => caches.open(name)));
    const left = [...paths];
    async function line() {
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        await keep(cache, older, path);
        tell?.(paths.length - left.length);
      }
    }
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, line));
    } catch (fault) {
      left.length = 0;
      throw fault;
    }
  }

  /** Names of the caches that hold a release of this site. */
  async function releases() {
    return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NOTES);
  }

  // ---- notes: what the reader chose, and which page was served from which release

  /** @param {string} name */
  async function note(name) {
    const found = await caches.match(new URL(`.notes/${name}`, scope).href, { cacheName: NOTES });
    return found ? found.text() : "";
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  async function writeNote(name, text) {
    await (await caches.open(NOTES)).put(new URL(`.notes/${name}`, scope).href, new Response(text));
  }

  /** @type {Promise<Map<string, string>> | undefined} */
  let clientsKnown;
  let writing = Promise.resolve();

  /** Which release each open page was served from, by the page's id. */
  function served() {
    clientsKnown ??= note("clients")
      .then((text) => new Map(/** @type {[string, string][]} */ (JSON.parse(text || "[]"))))
      .catch(() => new Map());
    return clientsKnown;
  }

  /**
   * @param {string} id
   * @param {string} version
   */
  async function remember(id, version) {
    const known = await served();
    known.delete(id);
    known.set(id, version);
    writing = writing.then(() => writeClients(known)).catch(() => {});
    return writing;
  }

  /** @param {Map<string, string>} known */
  async function writeClients(known) {
    if (known.size > MOST_CLIENTS) {
      const open = new Set((await worker.clients.matchAll({ type: "all" })).map((/** @type {any} */ one) => one.id));
      const old = [...known.keys()].slice(0, -MOST_CLIENTS / 2); // the newest may not be open yet
      for (const id of old) if (!open.has(id)) known.delete(id);
    }
    await writeNote("clients", JSON.stringify([...known]));
  }

  // ---- a release: whole before it waits, alone when it takes over

  /** Only what a reader looked at is kept where each byte counts, until the reader asks for all. */
  async function wantsAll() {
    if (await note("choice")) return (await note("choice")) === "all";
    const { saveData, effectiveType = "" } = worker.navigator.connection ?? {};
    return !saveData && !effectiveType.includes("2g") && RELEASE.bytes <= MOST_BYTES_UNASKED;
  }

  /** What every page needs, and the pages that are open now. */
  async function theLeast() {
    const frame = ["404.html", "offline/", ""].map((path) => new URL(path, scope).pathname);
    const assets = [...LIST.keys()].filter((path) => /\/assets\/(?!search)/.test(path));
    const open = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
    const seen = open.map((/** @type {any} */ one) => normal(new URL(one.url).pathname));
    return [...new Set([...frame, ...assets, ...seen])].filter((path) => LIST.has(path));
  }

  async function install() {
    try {
      const paths = (await wantsAll()) ? [...LIST.keys()] : await theLeast();
      await keepAll(paths);
      await writeNote("ready", `${RELEASE.version} ${Date.now()}`);
    } catch (fault) {
      const full = fault instanceof DOMException && fault.name === "QuotaExceededError";
      if (full) await caches.delete(MINE); // room for the release that works
      throw fault;
    }
  }

  async function activate() {
    clientsKnown = undefined; // the worker before may have written since
    const known = await served();
    const before = await note("current");
    const ours = new Set((await worker.clients.matchAll({ type: "all" })).map((/** @type {any} */ one) => one.id));
    for (const { id } of await worker.clients.matchAll({ type: "all", includeUncontrolled: true })) {
      if (!known.has(id)) known.set(id, ours.has(id) && before ? before : NETWORK);
    }
    await writeClients(known);
    if (before && before !== RELEASE.version) await writeNote("past", `${await note("past")} ${before}`.trim());
    await writeNote("current", RELEASE.version);
    await worker.clients.claim();
    if (!worker.registration.installing && !worker.registration.waiting) await tidy(await releases());
  }

  /**
   * Deletes those of these releases that no open page needs.
   * @param {readonly string[]} names
   */
  async function tidy(names) {
    const known = await served();
    const open = (await worker.clients.matchAll({ type: "all" })).map((/** @type {any} */ one) => known.get(one.id));
    const needed = new Set([RELEASE.version, ...open].map((version) => PREFIX + version));
    for (const name of names) if (!needed.has(name)) await caches.delete(name);
  }

  /** What an unfinished newer release has kept so far stays for its next attempt; past ones go with their last page. */
  async function tidyPast() {
    const past = (await note("past")).split(" ").filter(Boolean);
    if (past.length === 0) return;
    await tidy(past.map((version) => PREFIX + version));
    const left = await releases();
    await writeNote("past", past.filter((version) => left.includes(PREFIX + version)).join(" "));
  }

  /** A reader may keep one window open for weeks: the offer ends, and the next change of page takes the new release. */
  async function endOffer() {
    const { waiting } = worker.registration;
    if (!waiting) return;
    const [version, time] = (await note("ready")).split(" ");
    if (version && version !== RELEASE.version && Date.now() - Number(time) > LONGEST_WAIT) waiting.postMessage({ ask: "take over" });
  }

  // ---- answers

  /** @param {string} pathname */
  function normal(pathname) {
    return pathname.replace(/\/index\.html$/, "/");
  }

  /**
   * @param {string} path
   * @param {string} version
   * @returns {Promise<Response | undefined>}
   */
  async function kept(path, version) {
    return caches.match(scope.origin + path, { cacheName: PREFIX + version });
  }

  /**
   * A page. One that is not of this release comes from the network, and all its parts with it.
   * @param {any} event
   */
  async function page(event) {
    const { pathname, search } = new URL(event.request.url);
    const path = normal(pathname);
    if (!LIST.has(path) && LIST.has(`${path}/`)) return Response.redirect(`${scope.origin}${path}/${search}`, 302);
    const known = LIST.has(path) ? await kept(path, RELEASE.version) : undefined;
    if (known) {
      event.waitUntil(remember(event.resultingClientId, RELEASE.version));
      return known;
    }
    const [answer, version] = await pageFromNetwork(event, path);
    event.waitUntil(remember(event.resultingClientId, version));
    return answer;
  }

  /**
   * @param {any} event
   * @param {string} path
   * @returns {Promise<[Response, string]>}
   */
  async function pageFromNetwork(event, path) {
    try {
      const response = await fetch(event.request);
      if (!response.ok || !LIST.has(path)) return [response, OTHER];
      const bytes = await response.clone().arrayBuffer();
      const hash = await shortHash(bytes);
      if (hash !== LIST.get(path)) return [response, OTHER];
      event.waitUntil(putQuietly(path, copyOf(bytes, response, hash)));
      return [response, RELEASE.version];
    } catch (fault) {
      return [await withoutNetwork(path, fault), RELEASE.version];
    }
  }

  /**
   * The page for an address that is nowhere, or the one that says why a known page does not open.
   * @param {string} path
   * @param {unknown} fault
   */
  async function withoutNetwork(path, fault) {
    const help = new URL("offline/", scope);
    if (LIST.has(path) && path !== help.pathname) return Response.redirect(`${help.href}#not-kept`, 302);
    const missing = await kept(new URL("404.html", scope).pathname, RELEASE.version);
    if (LIST.has(path) || !missing) throw fault;
    return new Response(missing.body, { status: 404, headers: missing.headers });
  }

  /**
   * A part of a page: from the release that the page is from.
   * @param {any} event
   */
  async function part(event) {
    const path = new URL(event.request.url).pathname;
    const version = (await served()).get(event.clientId) ?? RELEASE.version;
    if (version === OTHER) return fetch(event.request);
    if (version === NETWORK) return partFromNetwork(event.request, path);
    const known = await kept(path, version);
    if (known) return known;
    if (version !== RELEASE.version || !LIST.has(path)) return fetch(event.request);
    const loaded = await load(path);
    event.waitUntil(putQuietly(path, loaded.clone()));
    return loaded;
  }

  /**
   * @param {Request} request
   * @param {string} path
   */
  async function partFromNetwork(request, path) {
    try {
      const response = await fetch(request);
      if (response.ok) return response;
      return (await kept(path, RELEASE.version)) ?? response;
    } catch (fault) {
      const known = await kept(path, RELEASE.version);
      if (!known) throw fault;
      return known;
    }
  }

  /**
   * @param {string} path
   * @param {Response} response
   */
  async function putQuietly(path, response) {
    if ((await note("choice")) === "none") return; // the reader has just removed everything
    await (await caches.open(MINE)).put(path, response).catch(() => {});
  }

  /** @param {any} event */
  function isOurs({ request }) {
    const { origin, pathname } = new URL(request.url);
    if (origin !== scope.origin || !pathname.startsWith(scope.pathname) || request.method !== "GET") return false;
    const path = pathname.slice(scope.pathname.length);
    return !request.headers.has("range") && path !== "sw.js" && !path.startsWith("download/");
  }

  /** @param {any} event */
  function answer(event) {
    if (!isOurs(event)) return;
    const isPage = event.request.mode === "navigate";
    event.respondWith((isPage ? page(event) : part(event)).catch((fault) => lastResort(event, fault)));
    if (isPage) event.waitUntil(endOffer().then(tidyPast).catch(() => {}));
  }

  /**
   * Where the worker itself fails, for example because storage is denied, the network answers as if there were none.
   * A part of another release is the one thing that is never handed out.
   * @param {any} event
   * @param {unknown} fault
   */
  function lastResort(event, fault) {
    if (event.request.mode !== "navigate" && /is not the file of this release/.test(String(fault))) return Response.error();
    return fetch(event.request);
  }

  // ---- what pages ask

  async function status() {
    const keys = await (await caches.open(MINE)).keys();
    const here = new Set(keys.map((request) => new URL(request.url).pathname));
    const pages = PAGES.filter((path) => here.has(path)).length;
    return { version: RELEASE.version, pages, total: PAGES.length, whole: [...LIST.keys()].every((path) => here.has(path)) };
  }

  /** @param {MessagePort} port */
  async function keepWhole(port) {
    await writeNote("choice", "all");
    let told = 0;
    await keepAll([...LIST.keys()], (count) => {
      if (count - told < 10) return;
      told = count;
      port.postMessage({ keeping: count, of: LIST.size });
    });
    return status();
  }

  /** @param {any} event */
  function listen(event) {
    const { ask } = event.data ?? {};
    const [port] = event.ports;
    if (ask === "take over") return event.waitUntil(worker.skipWaiting());
    const work = ask === "keep" ? keepWhole : ask === "status" ? status : undefined;
    if (!work || !port) return undefined;
    const said = work(port).then((told) => port.postMessage(told), (fault) => port.postMessage({ fault: String(fault) }));
    return event.waitUntil(said);
  }

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate().catch(() => worker.clients.claim())));
  worker.addEventListener("fetch", answer);
  worker.addEventListener("message", listen);
})();
