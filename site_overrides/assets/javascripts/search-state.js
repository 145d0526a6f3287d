// @ts-check
/**
 * What search finds, as pure functions around the engine MiniSearch.
 * Enters: the data of assets/search-data.js, what the reader typed. Leaves: words, an index, results best first.
 * Refuses to know: the page, where data comes from, how a result is shown.
 */
(() => {
  "use strict";

  const FORMAT = 1;
  const AT_MOST = 8;
  /** A page that scores less than this part of the best one answers something else. */
  const WORTH_SHOWING = 0.1;
  /** A pasted page is no question: so many words of it are looked for. */
  const WORDS_AT_MOST = 24;
  /** Readers' own words weigh most: they were written down because somebody looked for them. */
  const WEIGHTS = { also: 6, title: 4, headings: 2.5, lead: 2, words: 1 };
  /** So many pages, best first by the engine's count, are weighed again. */
  const LOOKED_AT = 40;
  /** What a half-typed word may become, at most. */
  const COMPLETIONS = 6;
  /** A heading is named when the question holds so much of it. */
  const HALF = 0.5;
  const WORD = /[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)*/gu;
  const WITHOUT_SPACES = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

  /**
   * A text in the form in which words are compared: small letters, no accents, no apostrophes.
   * @param {string} text
   */
  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f'\u2018\u2019\u02bc`\u00b4]/g, "").toLowerCase().normalize("NFC");
  }

  /**
   * The words of a run of letters: cut where a language writes no spaces; pairs of letters where nothing can cut it.
   * @param {string} run
   * @returns {string[]}
   */
  function cut(run) {
    if (!WITHOUT_SPACES.test(run)) return run.includes("-") ? [...run.split("-"), run.replaceAll("-", "")] : [run];
    if (typeof Intl.Segmenter !== "function") return pairs(run);
    const parts = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(run)];
    return parts.filter((part) => part.isWordLike).map((part) => part.segment);
  }

  /** @param {string} run */
  function pairs(run) {
    const letters = [...run];
    return letters.length < 3 ? [run] : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  }

  /**
   * The words of a text, folded, in their order.
   * @param {string} text
   * @returns {string[]}
   */
  function words(text) {
    const joined = text.normalize("NFKC").replace(/['\u2018\u2019\u02bc`\u00b4]/g, "");
    return (joined.match(WORD) ?? []).flatMap(cut).map(fold).filter(Boolean);
  }

  /**
   * A word without its English ending, so that parcels, shipped and refunding meet parcel, ship and refund.
   * @param {string} word
   */
  function stem(word) {
    if (!/^[a-z]{4,}$/.test(word)) return word;
    const one = word.replace(/ies$/, "y").replace(/(ss|sh|ch|x|z)es$/, "$1").replace(/([^isu])s$/, "$1");
    const root = one.replace(/^(.*[aeiouy].*[^e])(?:ed|ing)$/, "$1");
    const single = root === one ? root : root.replace(/([bdfgmnprt])\1$/, "$1");
    return single.length > 3 ? single.replace(/e$/, "") : single.length > 2 ? single : one;
  }

  /**
   * The groups of words that say the same, as a way from each to the first of its group.
   * @param {readonly (readonly string[])[]} groups
   * @returns {ReadonlyMap<string, string>}
   */
  function sameWords(groups) {
    const stems = groups.map((group) => group.flatMap(words).map(stem));
    return new Map(stems.flatMap((group) => group.map((word) => [word, group[0] ?? word])));
  }

  /**
   * Whether the data has the shape that this script knows.
   * @param {any} data
   * @returns {data is SearchData}
   */
  function isData(data) {
    const texts = [data?.words, data?.on].every((text) => typeof text === "string");
    return texts && data.format === FORMAT && Array.isArray(data.pages) && Array.isArray(data.stop) && Array.isArray(data.same);
  }

  /**
   * The words of each page, from the pages of each word: numbers of base 36, each counted from the one before.
   * @param {SearchData} data
   * @returns {string[][]}
   */
  function wordsByPage({ pages: { length }, words: all, on }) {
    /** @type {string[][]} */
    const held = Array.from({ length }, () => []);
    const steps = on.split(" ");
    all.split(" ").forEach((word, at) => {
      let page = 0;
      for (const step of steps[at]?.split(".") ?? []) {
        page += Number.parseInt(step, 36);
        held[page]?.push(word);
      }
    });
    return held;
  }

  /**
   * The pages of the data by name.
   * @param {SearchData} data
   * @returns {SearchPage[]}
   */
  function pages(data) {
    const held = wordsByPage(data);
    return data.pages.map(([url, title, lead, also, headings, boost], id) => ({
      id,
      url,
      title,
      lead,
      names: also,
      also: also.join(" . "),
      headings: headings.map(([, said]) => said).join(" . "),
      places: headings,
      words: held[id]?.join(" ") ?? "",
      boost,
    }));
  }

  /**
   * Notes the words of the pages as they go by: on how many pages the root of each stands.
   * @param {(word: string) => string} root
   */
  function vocabulary(root) {
    /** @type {Map<string, number>} */
    const known = new Map();
    /** @type {Map<string, string>} each word as it is written, and its root */
    const written = new Map();
    /** @type {Map<string, number>} */
    const last = new Map();
    let page = -1;
    return {
      known,
      written,
      turnTo: (/** @type {number} */ id) => { page = id; },
      note: (/** @type {string} */ word) => {
        const base = root(word);
        written.set(word, base);
        if (last.get(base) !== page) known.set(base, (known.get(base) ?? 0) + 1);
        last.set(base, page);
        return base;
      },
    };
  }

  /**
   * How much a word tells: little where it stands on every page, as the name of the shop does.
   * @param {SearchIndex} index
   * @param {string} term
   */
  function weight({ known, pages: { length } }, term) {
    const share = (known.get(term) ?? 1) / length;
    return (1 - 0.85 * Math.min(1, share)) ** 1.5;
  }

  /**
   * The index of all pages; built in pieces, so that the page stays awake.
   * @param {typeof MiniSearch} Engine
   * @param {SearchData} data
   * @returns {Promise<SearchIndex>}
   */
  async function build(Engine, data) {
    const all = pages(data);
    const same = sameWords(data.same);
    const root = (/** @type {string} */ word) => same.get(stem(word)) ?? stem(word);
    const { known, written, turnTo, note } = vocabulary(root);
    const engine = new Engine({
      fields: Object.keys(WEIGHTS),
      extractField: (page, name) => {
        if (name === "id") turnTo(page.id);
        return page[name];
      },
      tokenize: words,
      processTerm: note,
    });
    await engine.addAllAsync(all, { chunkSize: 25 });
    for (const word of data.same.flat()) written.set(fold(word), root(fold(word)));
    return { engine, pages: all, root, known, written, stop: new Set(data.stop.map(fold)) };
  }

  /**
   * The words that are looked for: those that say something, or all where none does.
   * @param {SearchIndex} index
   * @param {string} text
   */
  function asked(index, text) {
    const all = [...new Set(words(text))].slice(0, WORDS_AT_MOST);
    const telling = all.filter((word) => !index.stop.has(word));
    return telling.length > 0 ? telling : all;
  }

  /**
   * What the engine looks for in place of a word: its root, or the roots of what it may become while it is typed.
   * @param {SearchIndex} index
   * @param {string} word
   * @param {boolean} isLast
   * @returns {string[]}
   */
  function termsOf({ root, known, written }, word, isLast) {
    if (known.has(root(word))) return [root(word)];
    const longer = isLast && word.length > 2 ? [...written.keys()].filter((one) => one.startsWith(word)) : [];
    const roots = [...new Set(longer.map(root))].filter((one) => known.has(one));
    return roots.length > 0 ? roots.slice(0, COMPLETIONS) : [stem(word)];
  }

  /**
   * The pages that answer, best first.
   * @param {SearchIndex} index
   * @param {string} text what the reader typed
   * @returns {SearchResult[]}
   */
  function search(index, text) {
    const all = asked(index, text);
    const terms = all.map((word, at) => termsOf(index, word, at === all.length - 1));
    const last = terms.at(-1)?.[0];
    const found = index.engine.search("", {
      tokenize: () => terms.flat(),
      processTerm: (term) => term,
      boost: WEIGHTS,
      boostTerm: (term) => weight(index, term),
      boostDocument: (id) => index.pages[id]?.boost ?? 1,
      prefix: (term) => term.length > (term === last ? 1 : 3),
      fuzzy: (term) => (term.length > 3 && !index.known.has(term) && !WITHOUT_SPACES.test(term) ? 0.25 : false),
      maxFuzzy: 2,
      weights: { fuzzy: 0.5, prefix: 0.35 },
    });
    return ranked(index, found, terms).map(({ id }) => result(index, id, new Set(terms.flat())));
  }

  /**
   * Pages come first that hold more of what was asked, or are named by it; those far behind the best go.
   * @param {SearchIndex} index
   * @param {readonly SearchFound[]} found
   * @param {readonly (readonly string[])[]} terms
   */
  function ranked(index, found, terms) {
    const roots = new Set(terms.flat());
    const scored = found.slice(0, LOOKED_AT).map((one) => {
      const held = terms.filter((some) => some.some((term) => one.queryTerms.includes(term))).length / terms.length;
      return { ...one, score: one.score * (0.4 + 0.6 * held) * (1 + likeness(index, one.id, roots)) };
    });
    const [best, ...others] = scored.sort((one, other) => other.score - one.score || one.id - other.id);
    return best ? [best, ...others.filter((one) => one.score > best.score * WORTH_SHOWING)].slice(0, AT_MOST) : [];
  }

  /**
   * How near the question comes to a name: 1 is the same words, 0 none of them; and how much of the name it holds.
   * @param {SearchIndex} index
   * @param {string} name
   * @param {ReadonlySet<string>} asked
   */
  function likenessOf({ root, stop }, name, asked) {
    const held = new Set(words(name).filter((word) => !stop.has(word)).map(root));
    const both = [...held].filter((word) => asked.has(word)).length;
    return { near: both / (held.size + asked.size - both || 1), part: both / (held.size || 1) };
  }

  /**
   * How near the question comes to any name of a page.
   * @param {SearchIndex} index
   * @param {number} id
   * @param {ReadonlySet<string>} asked
   */
  function likeness(index, id, asked) {
    const { title, names } = /** @type {SearchPage} */ (index.pages[id]);
    return Math.max(...[title, ...names].map((name) => likenessOf(index, name, asked).near));
  }

  /**
   * @param {SearchIndex} index
   * @param {number} id
   * @param {ReadonlySet<string>} asked
   * @returns {SearchResult}
   */
  function result(index, id, asked) {
    const { url, title, lead, places } = /** @type {SearchPage} */ (index.pages[id]);
    return { url, title, lead, heading: bestHeading(index, places, likeness(index, id, asked), asked) };
  }

  /**
   * The heading that is most like the question; none when a name of the whole page is more like it.
   * @param {SearchIndex} index
   * @param {readonly SearchHeading[]} places
   * @param {number} atLeast
   * @param {ReadonlySet<string>} asked
   * @returns {{ id: string, words: string } | null}
   */
  function bestHeading(index, places, atLeast, asked) {
    /** @type {{ id: string, words: string } | null} */
    let best = null;
    let most = atLeast - Number.EPSILON;
    for (const [id, said] of places) {
      const { near, part } = likenessOf(index, said, asked);
      if (near > most && part >= HALF) [best, most] = [{ id, words: said }, near];
    }
    return best;
  }

  const searchState = { fold, words, stem, isData, build, search };
  globalThis.undelivered = Object.assign(globalThis.undelivered ?? {}, { searchState });
})();
