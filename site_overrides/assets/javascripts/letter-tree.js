// @ts-check
/**
 * Turns a letter's tree and the reader's answers into text, as Jinja2 would render the same template. Pure.
 * Enters: a list of nodes (text, ["out", blank, "date"?], ["if", arms, else]), values by name, a locale for dates.
 * Leaves: segments, {text} or {blank, text}, or one string. A name without a value counts as an empty blank.
 * Refuses to know: the form, the page, countries, which blanks exist. Nothing is ever evaluated as code.
 */
(() => {
  "use strict";

  /**
   * @param {string} name
   * @param {LetterValues} values
   */
  const lookUp = (name, values) => (Object.hasOwn(values, name) ? values[name] ?? "" : "");

  /** @type {Record<string, (operands: any[], values: LetterValues) => LetterValue | string[]>} */
  const OPERATIONS = {
    name: ([name], values) => lookUp(name, values),
    const: ([text]) => text,
    list: ([texts]) => texts,
    eq: ([left, right], values) => evaluate(left, values) === evaluate(right, values),
    ne: ([left, right], values) => evaluate(left, values) !== evaluate(right, values),
    in: ([item, list], values) => evaluate(list, values).includes(evaluate(item, values)),
    "not-in": ([item, list], values) => !evaluate(list, values).includes(evaluate(item, values)),
    and: ([parts], values) => parts.every((/** @type {LetterCondition} */ part) => holds(part, values)),
    or: ([parts], values) => parts.some((/** @type {LetterCondition} */ part) => holds(part, values)),
    not: ([part], values) => !holds(part, values),
  };

  /**
   * A condition's value; strings, truth values and constant lists of strings are all there is.
   * @param {LetterCondition} condition
   * @param {LetterValues} values
   * @returns {any}
   */
  function evaluate([operation, ...operands], values) {
    const step = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
    if (!step) throw new Error(`unknown condition "${operation}" in a letter`);
    return step(operands, values);
  }

  /**
   * @param {LetterCondition} condition
   * @param {LetterValues} values
   */
  const holds = (condition, values) => Boolean(evaluate(condition, values));

  /**
   * The day that YYYY-MM-DD names, or null when there is no such day.
   * @param {string} text
   */
  function readDate(text) {
    const [, year, month, day] = (/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? []).map(Number);
    if (!year || !month || !day) return null;
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day); // Date.UTC would read the year 99 as 1999
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
  }

  /**
   * "2026-12-24" in the words of a locale; anything that is not a day stays as it was typed.
   * @param {string} text
   * @param {string} locale
   */
  function dateWords(text, locale) {
    const date = readDate(text);
    return date ? new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(date) : text;
  }

  /**
   * @param {string} blank
   * @param {string | undefined} filter
   * @param {LetterValues} values
   * @param {string} locale
   */
  function out(blank, filter, values, locale) {
    const text = String(lookUp(blank, values));
    return { blank, text: filter === "date" ? dateWords(text, locale) : text };
  }

  /**
   * @param {LetterArm[]} arms
   * @param {LetterNode[]} otherwise
   * @param {LetterValues} values
   */
  function choose(arms, otherwise, values) {
    const arm = arms.find(([condition]) => holds(condition, values));
    return arm ? arm[1] : otherwise;
  }

  /**
   * The text of a template in pieces, each blank's value apart.
   * @param {readonly LetterNode[]} tree
   * @param {LetterValues} values
   * @param {string} locale
   * @returns {LetterSegment[]}
   */
  function segments(tree, values, locale) {
    return tree.flatMap((node) => {
      if (typeof node === "string") return [{ text: node }];
      if (node[0] === "out") return [out(node[1], node[2], values, locale)];
      if (node[0] === "if") return segments(choose(node[1], node[2] ?? [], values), values, locale);
      throw new Error(`unknown node "${node[0]}" in a letter`);
    });
  }

  /**
   * The whole text of a template.
   * @param {readonly LetterNode[]} tree
   * @param {LetterValues} values
   * @param {string} locale
   */
  function text(tree, values, locale) {
    return segments(tree, values, locale).map((segment) => segment.text).join("");
  }

  const letterTree = { segments, text, dateWords, isDate: (/** @type {string} */ words) => readDate(words) !== null };
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { letterTree });
})();
