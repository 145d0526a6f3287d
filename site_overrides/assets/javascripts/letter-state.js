// @ts-check
/**
 * What happens to a letter between the form and the page, as pure functions.
 * Enters: segments of a letter, a field's kind and text, the record of kept letters.
 * Leaves: lines and paragraphs, the blanks still empty, the fault in a field, plain text to copy or save, a new record.
 * Refuses to know: the form, the page, the storage, what a letter says.
 */
(() => {
  "use strict";

  const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
  /** A number with a currency sign or code before or after it: 12.50, £12, $1,200.00, 12,50 €, USD 30. */
  const AMOUNT = /^(?:\p{Sc}|[A-Z]{3})? ?[0-9]+(?:[.,' ][0-9]+)* ?(?:\p{Sc}|[A-Z]{3})?$/u;

  /**
   * @param {LetterSegment} segment
   * @returns {boolean}
   */
  const isGap = (segment) => segment.blank !== undefined && segment.text.trim() === "";

  /**
   * The blanks that the letter shows and that nobody filled in, each once.
   * @param {readonly LetterSegment[]} segments
   */
  function gaps(segments) {
    return [...new Set(segments.filter(isGap).map((segment) => segment.blank ?? ""))];
  }

  /**
   * Filled blanks become text, for a reader's own line breaks make lines too; gaps stay gaps.
   * @param {readonly LetterSegment[]} segments
   */
  function lines(segments) {
    /** @type {LetterSegment[][]} */
    const all = [[]];
    for (const segment of segments) {
      const pieces = isGap(segment) ? [segment] : segment.text.split("\n").map((text) => ({ text }));
      const [first = segment, ...others] = pieces;
      all.at(-1)?.push(first);
      all.push(...others.map((piece) => [piece]));
    }
    return all;
  }

  /**
   * @param {readonly LetterSegment[]} line
   * @returns {boolean}
   */
  const isBlankLine = (line) => line.every((piece) => piece.text.trim() === "" && !isGap(piece));

  /**
   * Paragraphs, each a list of lines: a blank line stands between two of them.
   * @param {readonly LetterSegment[]} segments
   */
  function paragraphs(segments) {
    /** @type {LetterSegment[][][]} */
    const all = [[]];
    for (const line of lines(segments)) {
      if (isBlankLine(line)) all.push([]);
      else all.at(-1)?.push(line);
    }
    return all.filter((paragraph) => paragraph.length > 0);
  }

  /**
   * Text to send: an empty blank is shown in brackets, so that nobody sends a hole unseen.
   * @param {readonly LetterSegment[]} segments
   * @param {(blank: string) => string} label
   */
  function plainText(segments, label) {
    return segments.map((segment) => (isGap(segment) ? `[${label(segment.blank ?? "")}]` : segment.text)).join("");
  }

  /**
   * Which kind of fault a field has, or "": the name of the sentence that tells it.
   * @param {string} kind
   * @param {string} text
   * @param {(text: string) => boolean} isDate
   */
  function fault(kind, text, isDate) {
    if (text.trim() === "") return "";
    if (kind === "date") return isDate(text) ? "" : "bad-date";
    if (kind === "email") return EMAIL.test(text.trim()) ? "" : "bad-email";
    if (kind === "amount") return AMOUNT.test(text.trim()) ? "" : "bad-amount";
    return "";
  }

  /** @type {KeptLetter} */
  const NOTHING = { country: "", values: {} };

  /**
   * Adds what one tab knows to what is kept: only the fields named in `answers` change.
   * @param {KeptLetters} letters
   * @param {string} id
   * @param {Readonly<Record<string, string | boolean>>} answers by field name; `country` among them
   * @returns {KeptLetters}
   */
  function withAnswers(letters, id, { country, ...fields }) {
    const kept = letters[id] ?? NOTHING;
    const all = Object.entries({ ...kept.values, ...fields }).filter(([, value]) => value !== "" && value !== false);
    const values = /** @type {KeptLetter["values"]} */ (Object.fromEntries(all));
    return { ...letters, [id]: { country: typeof country === "string" ? country : kept.country, values } };
  }

  /**
   * @param {KeptLetters} letters
   * @param {string} id
   * @returns {KeptLetters}
   */
  function withoutLetter(letters, id) {
    const { [id]: _, ...others } = letters;
    return others;
  }

  const letterState = { isGap, gaps, paragraphs, plainText, fault, withAnswers, withoutLetter };
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { letterState });
})();
