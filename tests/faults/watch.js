// Notes whatever must not happen on a page; stands before all other scripts of a test. See test_reader_fuzz.py.
(() => {
  const seen = { errors: [], refused: [], said: [], keys: [] };
  const note = (list, words) => { if (list.length < 50) list.push(String(words).slice(0, 300)); };
  addEventListener("error", (event) => note(seen.errors, event.message || `could not load ${event.target?.src ?? ""}`), true);
  addEventListener("unhandledrejection", (event) => note(seen.errors, event.reason));
  document.addEventListener("securitypolicyviolation", (event) =>
    note(seen.refused, `${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  for (const name of ["alert", "confirm", "prompt", "open"]) globalThis[name] = () => { globalThis.pwned = name; };
  globalThis.print = () => {};
  const say = console.error;
  console.error = (...words) => { note(seen.said, words.join(" ")); say.apply(console, words); };
  for (const name of ["getItem", "setItem", "removeItem"]) {
    const real = Storage.prototype[name];
    Storage.prototype[name] = function (key, ...rest) {
      if (!seen.keys.includes(key) && !seen.quiet) seen.keys.push(key);
      return real.call(this, key, ...rest);
    };
  }

  const ACTIVE = "script,iframe,frame,object,embed,form,base,style,link,meta,img,video,audio,svg,math,template";
  const attributes = () => [...document.querySelectorAll("*")].flatMap((one) =>
    [...one.attributes].filter(({ name, value }) => /^on|^style$|^srcdoc$/i.test(name) || /^\s*(javascript|data):/i.test(value)));

  globalThis.faults = {
    seen,
    /** How many elements of the page can act. */
    active: () => [...document.querySelectorAll(ACTIVE)].filter((one) => one.localName !== "script" || !one.src).length,
    /** What went wrong until now, and what the page holds more than before. */
    report: (before) => ({
      pwned: globalThis.pwned ?? null,
      polluted: Object.keys(Object.prototype).concat(["pwned", "polluted", "ticks", "step/x/item"].filter((key) => key in {})),
      errors: seen.errors, refused: seen.refused, said: seen.said,
      active: globalThis.faults.active() - before,
      attributes: attributes().filter(({ name }) => name !== "style").map(({ name, value }) => `${name}=${value}`.slice(0, 200)),
    }),
    /** Every element of ours starts again, as on a page that is opened. */
    restart: () => {
      for (const host of document.querySelectorAll("*")) {
        if (!customElements.get(host.localName) || host.parentElement?.closest("check-list, letter-form, search-box")) continue;
        const next = host.nextSibling, parent = host.parentNode;
        host.remove();
        parent.insertBefore(host, next);
      }
    },
    text: (words) => words.replaceAll("«LONE»", "\ud800"),
  };
})();
