// @ts-check
/**
 * What happens to ticks, as pure functions.
 * Enters: a record of ticks {"step/x/item": true}, ids, a list's id "step/x". Leaves: a new record, or counts.
 * Refuses to know: the page, the storage, the order and the text of items.
 */
(() => {
  "use strict";

  /**
   * How many of these items are done; an item shown twice counts once.
   * @param {readonly string[]} ids
   * @param {Ticks} ticks
   */
  function progress(ids, ticks) {
    const items = [...new Set(ids)];
    return { done: items.filter((id) => ticks[id] === true).length, total: items.length };
  }

  /**
   * @param {Ticks} ticks
   * @param {string} id
   * @param {boolean} on
   * @returns {Ticks}
   */
  function withTick(ticks, id, on) {
    const { [id]: _, ...others } = ticks;
    return on ? { ...others, [id]: true } : others;
  }

  /**
   * @param {Ticks} ticks
   * @param {readonly string[]} ids
   * @param {boolean} on
   * @returns {Ticks}
   */
  function withTicks(ticks, ids, on) {
    return ids.reduce((latest, id) => withTick(latest, id, on), ticks);
  }

  /**
   * The ticked items of one list, also those that the page no longer shows.
   * @param {Ticks} ticks
   * @param {string} list
   */
  function tickedIn(ticks, list) {
    return Object.keys(ticks).filter((id) => id.slice(0, id.lastIndexOf("/")) === list);
  }

  /**
   * @param {Ticks} ticks
   * @param {string} list
   */
  function withoutList(ticks, list) {
    return withTicks(ticks, tickedIn(ticks, list), false);
  }

  /**
   * The items taken out of a list that this reader had ticked, each with the reason.
   * @param {Readonly<Record<string, string>>} retired reasons by the item's own id
   * @param {Ticks} ticks
   * @param {string} list
   */
  function retiredTicked(retired, ticks, list) {
    const all = Object.entries(retired).map(([item, reason]) => ({ id: `${list}/${item}`, reason }));
    return all.filter(({ id }) => ticks[id] === true);
  }

  const checklistState = { progress, withTick, withTicks, tickedIn, withoutList, retiredTicked };
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { checklistState });
})();
