// @ts-check
/**
 * What axe does not look at, on the page as it is now: text cut off or overlapping, sideways scroll, small targets,
 * names that lack the visible words, pale edges, order and landmarks. Enters: the document. Leaves: lists of faults.
 */
(() => {
  "use strict";

  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], [role=button]";
  const SMALLEST = 24; // CSS pixels: WCAG 2.5.8
  const ROUNDING = 1;

  /** @param {Element} one */
  const tell = (one) => `<${one.localName}${one.id ? ` #${one.id}` : ""}${one.className ? ` .${one.className}` : ""}> ${
    (one.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 60)}`;

  /** @param {Element} one */
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && one.getClientRects().length > 0 && !isForEarsOnly(one);

  /**
   * Hidden from the eye on purpose: one pixel, or cut to nothing, or moved out of the page until it has the focus.
   * @param {Element} one
   */
  function isForEarsOnly(one) {
    for (let at = /** @type {Element | null} */ (one); at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      if (style.clipPath === "inset(50%)" || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
      if (style.overflow !== "visible" && box.width <= 1 && box.height <= 1) return true;
      if (style.position === "absolute" && box.bottom + scrollY <= 0) return true;
      if (style.position === "fixed" && box.bottom <= 0) return true;
    }
    return false;
  }

  /** @param {Element} one */
  function ancestors(one) {
    const found = [];
    for (let at = one.parentElement; at; at = at.parentElement) found.push(at);
    return found;
  }

  /** Every line of visible text: its box, and the element that it stands in. */
  function lines() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = /** @type {Text} */ (walker.currentNode);
      const host = text.parentElement;
      if (!host || !text.data.trim() || ["SCRIPT", "STYLE", "TEMPLATE"].includes(host.tagName) || !isShown(host)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) found.push({ box, host, text: text.data.trim().slice(0, 40) });
      }
    }
    return found;
  }

  /** WCAG 1.4.10: nothing makes the page wider than the window. */
  function sideways() {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((one) => isShown(one)
      && one.getBoundingClientRect().right > root.clientWidth + ROUNDING
      && !ancestors(one).some((at) => getComputedStyle(at).overflowX !== "visible" && at !== document.body && at !== root));
    return [`${root.scrollWidth} px wide in ${root.clientWidth}`, ...wide.slice(0, 5).map(tell)];
  }

  /** WCAG 1.4.4, 1.4.12: no text is cut off by a box that cannot be scrolled, or by the window's edge. */
  function cutOff() {
    const width = document.documentElement.clientWidth;
    return lines().flatMap(({ box, host, text }) => {
      const holders = [host, ...ancestors(host)].filter((at) => at !== document.body && at !== document.documentElement);
      const scrolled = holders.some((at) => ["auto", "scroll"].includes(getComputedStyle(at).overflowX));
      const cut = holders.find((at) => cuts(at, box));
      if (cut) return [`cut off by ${tell(cut).slice(0, 60)}: ${text}`];
      return !scrolled && (box.left < -ROUNDING || box.right > width + ROUNDING) ? [`outside the window: ${text}`] : [];
    });
  }

  /**
   * @param {Element} holder
   * @param {DOMRect} box
   */
  function cuts(holder, box) {
    const { overflowX, overflowY, textOverflow } = getComputedStyle(holder);
    const edge = holder.getBoundingClientRect();
    const hides = (/** @type {string} */ overflow) => overflow === "hidden" || overflow === "clip";
    const across = box.right > edge.right + ROUNDING || box.left < edge.left - ROUNDING;
    const down = box.bottom > edge.bottom + box.height / 3 || box.top < edge.top - box.height / 3;
    return (hides(overflowX) && across) || (hides(overflowY) && down) || (textOverflow === "ellipsis" && across);
  }

  /** WCAG 1.4.4, 1.4.12: no line of text lies over another one. */
  function overlapping() {
    const floats = (/** @type {Element} */ one) => [one, ...ancestors(one)].some((at) =>
      ["fixed", "sticky", "absolute"].includes(getComputedStyle(at).position));
    const all = lines().filter(({ host }) => !floats(host)).sort((a, b) => a.box.top - b.box.top);
    const faults = [];
    for (const [index, one] of all.entries()) {
      for (let next = index + 1; next < all.length; next += 1) {
        const other = all[next];
        if (!other || other.box.top > one.box.bottom) break;
        if (shared(one.box, other.box) > 0.3) faults.push(`${one.text} / ${other.text}`);
      }
    }
    return faults;
  }

  /**
   * How much of the smaller box lies in the other one.
   * @param {DOMRect} a
   * @param {DOMRect} b
   */
  function shared(a, b) {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (width <= ROUNDING || height <= ROUNDING) return 0;
    return (width * height) / Math.min(a.width * a.height, b.width * b.height);
  }

  const controls = () => [...document.querySelectorAll(CONTROLS)].filter(isShown);

  /**
   * Where a control can be hit: its own box, and those of its labels.
   * @param {Element} control
   */
  function hitBox(control) {
    const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : [];
    const boxes = [control, ...labels].filter(isShown).map((one) => one.getBoundingClientRect());
    return {
      width: Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left)),
      height: Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)),
    };
  }

  /**
   * A link in running text may be as small as the text: the exception "inline" of WCAG 2.5.8.
   * @param {Element} control
   */
  function isInSentence(control) {
    if (control.localName !== "a" || getComputedStyle(control).display !== "inline") return false;
    const block = ancestors(control).find((one) => getComputedStyle(one).display !== "inline");
    const links = [...(block?.querySelectorAll("a") ?? [])].map((one) => one.textContent ?? "").join("");
    return (block?.textContent ?? "").replace(/\s/g, "").length > links.replace(/\s/g, "").length;
  }

  function smallTargets() {
    return controls().filter((one) => !isInSentence(one)).flatMap((one) => {
      const { width, height } = hitBox(one);
      const small = width < SMALLEST - 0.1 || height < SMALLEST - 0.1;
      return small ? [`${width.toFixed(1)} by ${height.toFixed(1)} px: ${tell(one)}`] : [];
    });
  }

  const plain = (/** @type {string} */ words) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  /**
   * Needs axe, whose algorithm for accessible names it uses. WCAG 4.1.2 and 2.5.3.
   */
  function names() {
    const { axe } = /** @type {any} */ (globalThis);
    axe.setup(document);
    try {
      return controls().flatMap((one) => {
        const name = plain(axe.commons.text.accessibleText(one));
        const label = one instanceof HTMLInputElement ? labelWords(one) : /** @type {HTMLElement} */ (one).innerText ?? "";
        if (!name) return [`no name: ${tell(one)}`];
        if (/** @type {HTMLElement} */ (one).tabIndex >= 0 && !one.matches("a, button, input, select, textarea, summary")) return [];
        return one.matches("select, textarea") || name.includes(plain(label)) ? [] : [`"${name}" lacks the visible words "${plain(label)}"`];
      });
    } finally {
      axe.teardown();
    }
  }

  /** @param {HTMLInputElement} field */
  function labelWords(field) {
    return ["button", "submit", "reset"].includes(field.type) ? field.value : [...(field.labels ?? [])].map((one) => one.innerText).join(" ");
  }

  /** Headings, landmarks, ids, language, as the page is now. */
  function structure() {
    const faults = [];
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(isShown);
    const levels = headings.map((one) => Number(one.localName[1]));
    if (levels.filter((level) => level === 1).length !== 1) faults.push(`h1: ${levels.filter((level) => level === 1).length}`);
    levels.forEach((level, index) => {
      if (level > (levels[index - 1] ?? 0) + 1) faults.push(`a level is skipped before ${tell(/** @type {Element} */ (headings[index]))}`);
    });
    for (const one of headings) if (!one.textContent?.trim()) faults.push(`empty ${one.localName}`);
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
    if (document.querySelectorAll("main").length !== 1) faults.push(`main: ${document.querySelectorAll("main").length}`);
    for (const name of ["header", "footer"]) {
      const top = [...document.querySelectorAll(name)].filter((one) => !one.closest("main, article, section, aside, nav"));
      if (top.length !== 1) faults.push(`${name} of the page: ${top.length}`);
    }
    if (!/^[a-z]{2}(-[A-Z]{2})?$/.test(document.documentElement.lang)) faults.push(`lang: ${document.documentElement.lang}`);
    const landmarks = [...document.querySelectorAll("nav, aside, search, [role=search]")].map((one) =>
      `${one.localName} "${one.getAttribute("aria-label") ?? one.getAttribute("aria-labelledby") ?? ""}"`);
    for (const one of landmarks) if (landmarks.indexOf(one) !== landmarks.lastIndexOf(one)) faults.push(`two landmarks: ${one}`);
    return faults;
  }

  /** @param {string} colour */
  function channels(colour) {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("no canvas");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
  }

  /** @param {string} colour */
  function luminance(colour) {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
      (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /**
   * @param {string} one
   * @param {string} other
   */
  function contrast(one, other) {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /**
   * The colour that an element stands on.
   * @param {Element | null} one
   */
  function ground(one) {
    for (let at = one; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((channels(backgroundColor)[3] ?? 0) > 0.99) return backgroundColor;
    }
    return getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff";
  }

  /** WCAG 1.4.11: the edge or the fill of each field can be told from what it stands on, 3 to 1. */
  function paleEdges() {
    const fields = controls().filter((one) => one.matches("select, textarea, input") && getComputedStyle(one).appearance === "none"
      || one.matches("textarea, input:not([type=checkbox], [type=radio])"));
    return fields.flatMap((one) => {
      const style = getComputedStyle(one);
      const around = ground(one.parentElement);
      const edges = ["Top", "Bottom"].filter((side) => parseFloat(style.getPropertyValue(`border-${side.toLowerCase()}-width`)) > 0)
        .map((side) => contrast(style.getPropertyValue(`border-${side.toLowerCase()}-color`), around));
      const best = Math.max(...edges, contrast(ground(one), around));
      return best < 3 ? [`${best.toFixed(2)} to 1: ${tell(one)} ${one.outerHTML.slice(0, 90)}`] : [];
    });
  }

  Object.assign(globalThis, { checks: { sideways, cutOff, overlapping, smallTargets, names, structure, paleEdges, isShown, tell, contrast, ground, CONTROLS } });
})();
