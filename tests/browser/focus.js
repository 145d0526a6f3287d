// @ts-check
/**
 * Notes each element that gets the focus, as the reader sees it at that moment. Enters: focus, moved by real keys.
 * Leaves: globalThis.stops, in order, with what is wrong at each; globalThis.reachable(). Needs checks.js.
 */
(() => {
  "use strict";
  const { checks } = /** @type {any} */ (globalThis);
  const LEAST_OUTLINE = 2; // CSS pixels
  const INSET = 3;

  /** @param {Element} one */
  const labels = (one) => one instanceof HTMLInputElement ? [...(one.labels ?? [])] : [];

  /** The element, its labels and what holds it: one of them shows where the focus is. @param {Element} one */
  const marked = (one) => [one, ...labels(one), one.parentElement, one.parentElement?.parentElement].filter((at) => at instanceof Element);

  /** @param {Element} one */
  function isMarked(one) {
    if (!one.matches(":focus")) return true; // a part inside a date field has it: the browser marks that part itself
    return marked(one).some((at) => ["", "::before", "::after"].some((part) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at, part);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= LEAST_OUTLINE
        && checks.contrast(outlineColor, checks.ground(at.parentElement)) >= 3;
    }));
  }

  /**
   * The places of the element that must be seen: the middle of each line of it, and the corners of the first.
   * @param {DOMRect} box
   */
  function points(box) {
    const [left, right] = [box.left + INSET, box.right - INSET];
    const [top, bottom] = [box.top + INSET, box.bottom - INSET];
    return [[(left + right) / 2, (top + bottom) / 2], [left, top], [right, top], [left, bottom], [right, bottom]];
  }

  /** @param {Element} one */
  function seenBox(one) {
    const [label] = labels(one);
    const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
    return box.width < 4 && label ? label.getBoundingClientRect() : box;
  }

  /** @param {Element} one */
  function faultsAt(one) {
    const box = seenBox(one);
    const faults = [];
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) faults.push("outside the window");
    else if (box.height < innerHeight && (box.top < -1 || box.bottom > innerHeight + 1)) faults.push("not wholly in the window");
    const cover = points(box).map(([x = 0, y = 0]) => document.elementFromPoint(x, y)).find((top) =>
      top && !marked(one).some((at) => at && (at.contains(top) || top.contains(at))));
    if (cover) faults.push(`covered by ${checks.tell(cover)}`);
    return faults.map((fault) => `${fault}: ${checks.tell(one)}`);
  }

  /** @type {{ element: Element, faults: string[] }[]} */
  const stops = [];
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof Element) || target === document.body) return;
    const stop = { element: target, faults: isMarked(target) ? [] : [`no focus indicator: ${checks.tell(target)}`] };
    stops.push(stop);
    // The window follows the focus only now.
    requestAnimationFrame(() => { if (document.activeElement === target) stop.faults.push(...faultsAt(target)); });
  });

  /** What Tab must reach: all that can have the focus and is seen; of radio buttons with one name, the chosen one. */
  function reachable() {
    const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]);
    const groups = new Set();
    return all.filter((one) => {
      if (one.tabIndex < 0 || one.matches(":disabled") || !one.checkVisibility({ visibilityProperty: true }) || one.getClientRects().length === 0) return false;
      if (!(one instanceof HTMLInputElement) || one.type !== "radio") return true;
      const group = document.querySelectorAll(`input[type=radio][name="${one.name}"]:checked`).length;
      const isFirst = !groups.has(one.name);
      if (one.checked || (group === 0 && isFirst)) groups.add(one.name);
      return one.checked || (group === 0 && isFirst);
    });
  }

  /** How many have not had the focus yet. */
  const left = () => reachable().filter((one) => !stops.some(({ element }) => element === one)).length;

  /** What is wrong so far; the walk goes on from where the focus is. @param {boolean} backwards */
  function verdict(backwards) {
    const visited = stops.map(({ element }) => element);
    const missed = reachable().filter((one) => !visited.includes(one)).map((one) => `not reached: ${checks.tell(one)}`);
    const order = visited.flatMap((one, index) => {
      const next = visited[index + 1];
      if (!next || one === next) return [];
      const follows = Boolean(one.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING);
      return follows === backwards ? [`out of order: ${checks.tell(one)} then ${checks.tell(next)}`] : [];
    });
    const faults = [...new Set(stops.flatMap((stop) => stop.faults))];
    stops.splice(0, stops.length - 1);
    return [...missed, ...order, ...faults];
  }

  Object.assign(globalThis, { keys: { stops, left, verdict } });
})();
