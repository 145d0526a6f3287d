// The types of the browser's scripts: what each hangs on globalThis.undelivered.

type Ticks = Readonly<Record<string, true>>;
type KeptLetter = { readonly country: string; readonly values: Readonly<Record<string, string | true>> };
type KeptLetters = Readonly<Record<string, KeptLetter>>;

type StoreFault = "denied" | "full" | "corrupt" | "newer";
interface StoreSlot<R> {
  read(): R;
  update(change: (record: R) => R): void;
  readonly changes: EventTarget;
}

type LetterValue = string | boolean;
type LetterValues = Readonly<Record<string, LetterValue>>;
type LetterCondition = [operation: string, ...operands: any[]];
type LetterArm = [condition: LetterCondition, nodes: LetterNode[]];
type LetterOut = ["out", string, string?];
interface LetterIf extends Array<any> { 0: "if"; 1: LetterArm[]; 2?: LetterNode[] }
type LetterNode = string | LetterOut | LetterIf;
type LetterSegment = { blank?: string; text: string };
interface LetterData {
  tree: { subject: LetterNode[]; body: LetterNode[] };
  blanks: Record<string, { kind: string; required?: boolean; example?: string }>;
  ticks: string[];
  countries: Record<string, string>;
}

type LetterField = HTMLInputElement | HTMLTextAreaElement;
interface LetterFieldsType {
  answers(): Record<string, string | boolean>;
  readonly areEmpty: boolean;
  empty(): void;
  fillIn(kept: KeptLetter): void;
  showFault(field: LetterField): void;
  blankOf(target: EventTarget | null): LetterField | undefined;
  label(blank: string): string;
}

type SearchHeading = readonly [id: string, words: string];
type SearchRow = readonly [url: string, title: string, lead: string, also: readonly string[], headings: readonly SearchHeading[], boost: number];
interface SearchData {
  readonly format: number;
  readonly stop: readonly string[];
  readonly same: readonly (readonly string[])[];
  readonly pages: readonly SearchRow[];
  readonly words: string;
  readonly on: string;
}
interface SearchPage {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly lead: string;
  readonly names: readonly string[];
  readonly also: string;
  readonly headings: string;
  readonly places: readonly SearchHeading[];
  readonly words: string;
  readonly boost: number;
}
interface SearchIndex {
  readonly engine: InstanceType<typeof MiniSearch>;
  readonly pages: readonly SearchPage[];
  readonly known: ReadonlyMap<string, number>;
  readonly written: ReadonlyMap<string, string>;
  readonly stop: ReadonlySet<string>;
  root(word: string): string;
}
interface SearchResult {
  readonly url: string;
  readonly title: string;
  readonly lead: string;
  readonly heading: { readonly id: string; readonly words: string } | null;
}
interface SearchFound { id: number; score: number; terms: string[]; queryTerms: string[] }

/** The part of MiniSearch 7.2.0 that we use. */
declare class MiniSearch {
  constructor(options: {
    fields: string[];
    extractField(page: any, name: string): any;
    tokenize(text: string): string[];
    processTerm(word: string): string;
  });
  addAllAsync(pages: readonly SearchPage[], options: { chunkSize: number }): Promise<void>;
  search(text: string, options: {
    tokenize(text: string): string[];
    processTerm(word: string): string;
    boost: Readonly<Record<string, number>>;
    boostTerm(term: string): number;
    boostDocument(id: number): number;
    prefix(term: string): boolean;
    fuzzy(term: string): number | false;
    maxFuzzy: number;
    weights: { fuzzy: number; prefix: number };
  }): SearchFound[];
}

declare class UndeliveredElement extends HTMLElement {
  connectedCallback(): void;
  disconnectedCallback(): void;
  start(): void;
  listen(target: EventTarget, type: string, handler: (event: Event) => void): void;
  onClick(selector: string, step: (button: HTMLElement) => void): void;
  find(selector: string): HTMLElement;
  words(name: string, slots?: Readonly<Record<string, string | number>>): string;
}

interface OfflineState { version: string; pages: number; total: number; whole: boolean }
interface TrustedRules { createScriptURL(path: string): string }

interface Undelivered {
  /** scriptUrl gives a TrustedScriptURL where there are Trusted Types: TypeScript's DOM knows only the string. */
  boot: { readonly base: URL; load(path: string): Promise<void>; scriptUrl(path: string): string };
  offline: {
    readonly able: boolean;
    status(): Promise<OfflineState | undefined>;
    keep(tell?: (told: { keeping: number; of: number }) => void): Promise<OfflineState>;
    remove(): Promise<void>;
  };
  element: {
    UndeliveredElement: typeof UndeliveredElement;
    fill(words: string, slots: Readonly<Record<string, string | number>>): string;
    say(place: HTMLElement, words: string): void;
  };
  store: {
    ticks: StoreSlot<Ticks>;
    letters: StoreSlot<KeptLetters>;
    notices: { said(): StoreFault[]; readonly changes: EventTarget };
  };
  print: { as(mode: string): void };
  checklistState: {
    progress(ids: readonly string[], ticks: Ticks): { done: number; total: number };
    withTick(ticks: Ticks, id: string, on: boolean): Ticks;
    withTicks(ticks: Ticks, ids: readonly string[], on: boolean): Ticks;
    tickedIn(ticks: Ticks, list: string): string[];
    withoutList(ticks: Ticks, list: string): Ticks;
    retiredTicked(retired: Readonly<Record<string, string>>, ticks: Ticks, list: string): { id: string; reason: string }[];
  };
  searchPages: unknown;
  searchState: {
    fold(text: string): string;
    words(text: string): string[];
    stem(word: string): string;
    isData(data: any): data is SearchData;
    build(Engine: typeof MiniSearch, data: SearchData): Promise<SearchIndex>;
    search(index: SearchIndex, text: string): SearchResult[];
  };
  letterTree: {
    segments(tree: readonly LetterNode[], values: LetterValues, locale: string): LetterSegment[];
    text(tree: readonly LetterNode[], values: LetterValues, locale: string): string;
    dateWords(text: string, locale: string): string;
    isDate(text: string): boolean;
  };
  letterState: {
    isGap(segment: LetterSegment): boolean;
    gaps(segments: readonly LetterSegment[]): string[];
    paragraphs(segments: readonly LetterSegment[]): LetterSegment[][][];
    plainText(segments: readonly LetterSegment[], label: (blank: string) => string): string;
    fault(kind: string, text: string, isDate: (text: string) => boolean): string;
    withAnswers(letters: KeptLetters, id: string, answers: Readonly<Record<string, string | boolean>>): KeptLetters;
    withoutLetter(letters: KeptLetters, id: string): KeptLetters;
  };
  letterFields: { LetterFields: new (form: HTMLFormElement, letter: LetterData, words: (fault: string) => string) => LetterFieldsType };
}

declare var undelivered: Undelivered;
declare var trustedTypes: { createPolicy(name: string, rules: TrustedRules): TrustedRules };
