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
   * Opens an envelope {"version": 1, "<name>": record}.
   * @param {string} text
   * @param {string} name
   * @param {(record: unknown) => boolean} fits
   * @returns {{fault?: StoreFault, record: any}}
   */
  function unwrap(text, name, fits) {
    const envelope = parse(text);
    if (!isRecord(envelope)) return { fault: "corrupt", record: {} };
    if (Number.isInteger(envelope.version) && Number(envelope.version) > VERSION) return { fault: "newer", record: {} };
    const whole = envelope.version === VERSION && text.length <= LONGEST && fits(envelope[name]);
    return whole ? { record: envelope[name] } : { fault: "corrupt", record: {} };
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
   */
  function wrap(name, record) {
    return Object.keys(record).length === 0 ? null : JSON.stringify({ version: VERSION, [name]: record });
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
    /** @type {((record: R) => R)[]} */
    let unsaved = [];

    /** @returns {{fault?: StoreFault, record: any}} */
    function look() {
      const text = readText(key);
      if (text === undefined) return { fault: "denied", record: {} };
      if (text === null) return { record: {} };
      const found = unwrap(text, name, fits);
      if (found.fault === "corrupt") setAside(key, text);
      return found;
    }

    /** @param {R} record */
    const replay = (record) => unsaved.reduce((latest, change) => change(latest), record);

    /** @param {R} record */
    function save(record) {
      const text = wrap(name, /** @type {object} */ (record));
      const saved = (text?.length ?? 0) <= LONGEST && writeText(key, text);
      if (!saved) announce("full");
      return saved;
    }

    function read() {
      const { fault, record } = look();
      if (fault) announce(fault);
      return replay(record);
    }

    /** @param {(record: R) => R} change */
    function update(change) {
      unsaved.push(change);
      const { fault, record } = look();
      if (fault) announce(fault);
      if (fault !== "denied" && fault !== "newer" && save(replay(record))) unsaved = [];
      changes.dispatchEvent(new Event("change"));
    }

    globalThis.addEventListener("storage", (event) => {
      if (event.key === key || event.key === null) changes.dispatchEvent(new Event("change"));
    });
    return { read, update, changes };
  }

  /** @type {Undelivered["store"]} */
  const store = { ticks: slot("ticks", isTicks), letters: slot("letters", isLetters), notices };
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { store });
})();
