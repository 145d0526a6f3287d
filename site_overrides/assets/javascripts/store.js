// @ts-check
/**
 * Keeps ticks and, when the reader asks for it, letters: the only file that touches localStorage.
 * Enters: changes, as functions from the stored record to the next one, so that two tabs lose nothing.
 * Leaves: records, a "change" event from any tab, and the faults to tell the reader: denied, full, corrupt, newer.
 * What cannot be saved is replayed over what is stored for as long as the page is open. No exception leaves this file.
 * Refuses to know: elements, words, what a tick or a letter means.
 */
(() => {
  "use strict";

  const VERSION = 1;
  /** In characters: far above all that a reader can type, far below the 5 MB that browsers give. */
  const LONGEST = 1_000_000;
  const TICK_ID = /^[a-z0-9-]+(?:\/[a-z0-9_-]+)+$/;
  const LETTER_ID = /^[a-z0-9-]+$/;
  const FIELD_NAME = /^[a-z][a-z0-9_]*$/;
  /**
   * Each tab writes from its own copy of the storage, some milliseconds old (Chromium 156: 7 of 60 ticks lost).
   * So a record says which changes of which page it holds ("seen"), and a page repeats its own that are missing.
   */
  const PAGE = Math.random().toString(36).slice(2, 10);
  const PAGES_REMEMBERED = 8;
  const REPEATABLE = 2_000; // milliseconds: far longer than a write needs to reach the other tabs

  /**
   * What the storage holds.
   * @typedef {{fault?: StoreFault, record: any, seen?: Record<string, number> | undefined}} Found
   */

  /** @type {Set<StoreFault>} */
  const said = new Set();
  const notices = { said: () => [...said], changes: new EventTarget() };

  /** @param {StoreFault} fault */
  function announce(fault) {
    if (said.has(fault)) return;
    said.add(fault);
    notices.changes.dispatchEvent(new Event("change"));
  }

  /**
   * The stored text, null when there is none, undefined when the browser denies it.
   * @param {string} key
   */
  function readText(key) {
    try {
      const text = globalThis.localStorage.getItem(key);
      return typeof text === "string" ? text : null;
    } catch {
      return undefined; // throws when denied, and when localStorage is null (some in-app browsers)
    }
  }

  /**
   * @param {string} key
   * @param {string | null} text null removes the key
   */
  function writeText(key, text) {
    try {
      if (text === null) globalThis.localStorage.removeItem(key);
      else globalThis.localStorage.setItem(key, text);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * @param {string} text
   * @returns {unknown}
   */
  function parse(text) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /**
   * @param {unknown} value
   * @returns {value is Record<string, unknown>}
   */
  function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /**
   * @param {unknown} value
   * @param {RegExp} key
   * @param {(part: unknown) => boolean} fits
   */
  function isRecordOf(value, key, fits) {
    return isRecord(value) && Object.entries(value).every(([name, part]) => key.test(name) && fits(part));
  }

  /** @param {unknown} value */
  function isTicks(value) {
    return isRecordOf(value, TICK_ID, (part) => part === true);
  }

  /** @param {unknown} value */
  function isKeptLetter(value) {
    return isRecord(value) && typeof value.country === "string"
      && isRecordOf(value.values, FIELD_NAME, (part) => typeof part === "string" || part === true);
  }

  /** @param {unknown} value */
  function isLetters(value) {
    return isRecordOf(value, LETTER_ID, isKeptLetter);
  }

  /**
   * Opens an envelope {"version": 1, "<name>": record, "seen": {page: number of its last change}}.
   * @param {string} text
   * @param {string} name
   * @param {(record: unknown) => boolean} fits
   * @returns {Found}
   */
  function unwrap(text, name, fits) {
    const envelope = parse(text);
    if (!isRecord(envelope)) return { fault: "corrupt", record: {} };
    if (Number.isInteger(envelope.version) && Number(envelope.version) > VERSION) return { fault: "newer", record: {} };
    const whole = envelope.version === VERSION && text.length <= LONGEST && fits(envelope[name]);
    return whole ? { record: envelope[name], seen: seenIn(envelope) } : { fault: "corrupt", record: {} };
  }

  /** @param {Record<string, unknown>} envelope */
  function seenIn({ seen }) {
    return isRecordOf(seen, /^[a-z0-9]+$/, Number.isInteger) ? /** @type {Record<string, number>} */ (seen) : undefined;
  }

  /**
   * Moves a value that cannot be read out of the way; removed first, so that it fits even when the storage is full.
   * @param {string} key
   * @param {string} text
   */
  function setAside(key, text) {
    writeText(key, null);
    writeText(`${key}.corrupt`, text);
  }

  /**
   * @param {string} name
   * @param {object} record an empty one leaves nothing in the browser
   * @param {Readonly<Record<string, number>>} seen
   * @param {number} last the number of this page's last change
   */
  function wrap(name, record, { [PAGE]: _, ...seen }, last) {
    if (Object.keys(record).length === 0) return null;
    const others = Object.entries(seen).slice(1 - PAGES_REMEMBERED);
    return JSON.stringify({ version: VERSION, [name]: record, seen: { ...Object.fromEntries(others), [PAGE]: last } });
  }

  /**
   * One named record in the storage.
   * @template R
   * @param {string} name
   * @param {(record: unknown) => boolean} fits
   * @returns {StoreSlot<R>}
   */
  function slot(name, fits) {
    const key = `undelivered.${name}`;
    const changes = new EventTarget();
    /** @type {{number: number, at: number, saved: boolean, change: (record: R) => R}[]} */
    let journal = [];
    let last = 0;

    /** @returns {Found} */
    function open() {
      const text = readText(key);
      if (text === undefined) return { fault: "denied", record: {} };
      if (text === null) return { record: {} };
      const found = unwrap(text, name, fits);
      if (found.fault === "corrupt") setAside(key, text);
      return found;
    }

    function look() {
      const found = open();
      if (found.fault) announce(found.fault);
      return found;
    }

    /**
     * This page's changes that the stored record lacks: not saved, or overwritten by a page that had not seen them.
     * @param {Found["seen"]} seen
     */
    function missing(seen) {
      const overwritten = recent().filter(({ number }) => seen !== undefined && (seen[PAGE] ?? 0) < number);
      return journal.filter((entry) => !entry.saved || overwritten.includes(entry));
    }

    /** Changes that may still be on their way to the other tabs. */
    function recent() {
      return journal.filter(({ at }) => performance.now() - at < REPEATABLE);
    }

    /** Saved changes are settled: the reader left, or another tab emptied the record, which leaves no "seen". */
    function settle() {
      journal = journal.filter(({ saved }) => !saved);
    }

    /** @param {Found} found */
    function latest({ record, seen }) {
      return missing(seen).reduce((before, { change }) => change(before), record);
    }

    function save() {
      const found = look();
      const text = wrap(name, latest(found), found.seen ?? {}, last);
      if (found.fault === "denied" || found.fault === "newer") return;
      const saved = (text?.length ?? 0) <= LONGEST && writeText(key, text);
      if (!saved) return announce("full");
      for (const entry of journal) entry.saved = true;
    }

    /** @param {(record: R) => R} change */
    function update(change) {
      const at = performance.now();
      journal = journal.filter((entry) => !entry.saved || at - entry.at < REPEATABLE);
      journal.push({ number: ++last, at, saved: false, change });
      save();
      changes.dispatchEvent(new Event("change"));
    }

    /** @param {StorageEvent} event from another tab */
    function follow(event) {
      if (event.key !== key && event.key !== null) return;
      if (event.newValue === null) settle();
      if (missing(look().seen).some(({ saved }) => saved)) save();
      changes.dispatchEvent(new Event("change"));
    }

    globalThis.addEventListener("storage", follow);
    globalThis.addEventListener("pagehide", settle); // the back button may bring this page back, long overtaken
    return { read: () => latest(look()), update, changes };
  }

  /** @type {Undelivered["store"]} */
  const store = { ticks: slot("ticks", isTicks), letters: slot("letters", isLetters), notices };
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { store });
})();
