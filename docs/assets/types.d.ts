/* What the scripts hand each other, for the type checker and for editors. No page loads this file. */

/* ---- The page, and what the language says less of than we know ---- */

/** An element that a script looks up. Which kind it is and that it is there, the templates say, and tests
    in browsers prove: so it has what the scripts use of any kind, and nothing else. */
type PageElement =
  & HTMLInputElement
  & Pick<HTMLSelectElement, "options" | "selectedOptions" | "selectedIndex">
  & Pick<HTMLOptionElement, "label">
  & Pick<HTMLDialogElement, "open" | "showModal" | "close">
  & Pick<HTMLAnchorElement, "href" | "hash">
  & Pick<HTMLTableElement, "rows" | "insertRow" | "deleteRow">
  & {
    dataset: Record<string, string>;
    elements: Record<string, PageElement>;
    parentElement: PageElement;
    previousElementSibling: PageElement;
    textContent: string;
    contains(other: EventTarget | null): boolean;
  };
interface ParentNode {
  querySelector(selectors: string): PageElement;
  querySelectorAll(selectors: string): NodeListOf<PageElement>;
}
interface Element {
  closest(selectors: string): PageElement | null;
}

/* What was parsed may be anything: who reads it finds out. */
interface JSON {
  parse(text: string): unknown;
}
interface Body {
  json(): Promise<unknown>;
}
interface ArrayConstructor {
  isArray(value: unknown): value is unknown[];
}
interface String {
  replace(what: RegExp, by: (match: string, ...groups: string[]) => string): string;
}
interface ObjectConstructor {
  entries<T>(of: Record<string, T>): [string, T][];
  entries(of: object): [string, unknown][];
  fromEntries<T>(pairs: Iterable<readonly [string, T]>): Record<string, T>;
  fromEntries(pairs: Iterable<readonly unknown[]>): Record<string, unknown>;
}

/* ---- The worksheet ---- */

/** A question as the page asks it. */
interface Question {
  id: string;
  role: string;
  stage: string;
  priority: string;
  title: string;
  ask: string;
  kinds: string[];
  needs: string[];
  previousIds: string[];
  section: PageElement;
}

type Status = "open" | "answered" | "not-applicable" | "unknown";
/* These are no interfaces: the fields of a type may be gone through by name. */
type AnswerFields = {
  text: string;
  status: Status;
  owner: string;
  /** A day such as 2026-11-24, or nothing. */
  due: string;
  next: string;
  decision: boolean;
  /** A hash of the question as it was asked then, and its title and words. */
  asked: string;
  title: string;
  wording: string;
};
type ProjectFields = {
  name: string;
  /** A day such as 2026-11-24, or nothing. */
  date: string;
  people: string;
  /** Ids of roles. */
  absent: string[];
  /** The id of a stage, or nothing; then of a kind of project. */
  stage: string;
  kind: string;
  minutes: number;
  /** Ids of questions. */
  extra: string[];
  omit: string[];
  notes: string;
  repository: string;
  /** In milliseconds since 1970, as all times. */
  created: number;
};

/** A field: what it starts as, and what it may hold. */
interface Field<Value> {
  start: Value;
  fits: (value: unknown) => boolean;
}
type Fields<Of> = { [Name in keyof Of]: Field<Of[Name]> };

/** What is written about the meeting, which two people may have written otherwise. */
type MeetingWord = "name" | "date" | "people" | "notes";
/** What another window or a colleague wrote in the same fields. */
type Copy = { when: number } & Partial<AnswerFields> & Partial<ProjectFields>;
/** What was chosen of a copy, and the copies that are left then. */
interface ChosenWords {
  name: MeetingWord;
  value: string;
  copies: Copy[];
}
/** What every record carries: when it was written, its version, the version its writer had seen. */
type Stored = {
  when: number;
  rev: string;
  seen: string;
  copies: Copy[];
  /** What this edition of the page cannot read in it. */
  odd?: Record<string, unknown>;
  /** The stored text, where none of it can be read. */
  broken?: string;
};
type Answer = Stored & AnswerFields;
type Project = Stored & ProjectFields;
/** An answer or a project, its fields by name. */
type AnyRecord = Stored & Record<string, unknown>;
type AnyFields = Fields<Record<string, unknown>>;

type Answers = Map<string, Answer>;
interface Sheet {
  project: Project;
  answers: Answers;
}
/** A worksheet in a list of them. */
interface Listed {
  id: string;
  project: Project;
}
/** A worksheet from outside, and what was found out about it. */
interface LoadedSheet {
  id: string;
  sheet: Sheet;
  unread?: string[];
  edited?: boolean;
}
/** One that waits for somebody to choose: what it came from, and the worksheet that was open then. */
interface Incoming {
  loaded: LoadedSheet;
  from: string;
  switchView: SwitchView;
  into: string;
}
/** What a control stands for. */
interface Typed {
  part: string;
  name: string;
  value: unknown;
}

interface Step {
  minutes: number;
  title: string;
  what: string;
  who: string;
}
interface Agenda {
  minutes: number;
  before: Step[];
  after: Step[];
  round: number;
  questions: number;
  stages: string[];
  extra_stages: string[];
}
/** What the form shows of roles, stages, kinds and priorities, and the agendas it follows. */
interface Known {
  roles: { id: string; label: string; short: string }[];
  agendas: Agenda[];
  role: (id: string) => string;
  stage: (id: string) => string;
  kind: (id: string) => string;
  priority: (id: string) => string;
  retired: (id: string) => Node[];
}

interface Line {
  question: Question;
  start: number;
  minutes: number;
}
interface LeftOut {
  question: Question;
  why: string;
}
interface Plan {
  before: (Step & { start: number })[];
  lines: Line[];
  after: (Step & { start: number })[];
  left: LeftOut[];
  round: number;
  total: number;
  over: number;
}
/** A step or a question of the meeting, in turn. */
interface Stop {
  id: string;
  title: string;
  question?: Question;
  start?: number;
  minutes?: number;
  what?: string;
  who?: string;
}
type Mode = "list" | "one" | "minutes";
type SwitchView = (mode: Mode) => void;
interface View {
  mode: Mode;
  current: string;
  previewId: string;
  from: string;
  began: number;
}

interface Count {
  done: number;
  unknown: number;
  differing: number;
  of: number;
}

/** What each piece of the minutes holds, by its type. */
interface Blocks {
  heading: { text: string; level: number; id?: string };
  ask: { text: string };
  line: { text: string };
  quote: { text: string };
  facts: { items: string[][] };
  list: { items: string[][] };
}
type Block = { [Type in keyof Blocks]: { type: Type } & Blocks[Type] }[keyof Blocks];
/** What writes or draws each type of block. */
type Writers<Written> = { [Type in keyof Blocks]: (block: Blocks[Type]) => Written };
type Words = Record<string, string>;

/** One part of an open worksheet: as it is here, as it is stored, and what came before. */
interface Part {
  mine: AnyRecord;
  stored: AnyRecord;
  before: AnyRecord | null;
  /** What another window stored and this one showed. */
  live: AnyRecord | null;
  broken: string;
}
interface UnreadPart {
  key: string;
  part: string;
  text: string;
}
interface Undo {
  text: string;
  of?: string;
  act: () => string | void;
  back?: () => HTMLElement;
}
interface Repository {
  url: string;
  shown: string;
  forge: string;
}

/* ---- The parts to play with ---- */

type Random = () => number;
interface Position {
  squares: string[];
  white: boolean;
  castling: string;
  passing: number;
}
/** What a threshold finds; `threshold` is null where nothing is checked. */
interface Caught {
  threshold: number | null;
  caught: number;
  false_alarms: number;
}
/** What a missed fraud and a check cost, in euros. */
interface Prices {
  missed: number;
  check: number;
}
interface LeakSetting {
  seed: number;
  days: number;
  live: number;
  test: number;
  starts: number;
  neighbours: number;
  days_apart: number;
  weight: number;
}
/** A depot of the leaky experiment: its setting, and what was invented for each of its days. */
interface Depot extends LeakSetting {
  parcels: number[];
  overtime: number[];
  order: number[];
}
/** One way to test, and for each depot what the test promised and what real use brought, if it was used. */
interface DepotTest {
  setting: LeakSetting;
  way: string;
  leak: boolean;
  random: Random;
  depots: Depot[];
  promised: number[];
  came: number[];
}
/** What the scripts read of experiments/results/. Texts are numbers with spaces between. */
interface Results {
  "body-pictures": {
    weights: string[];
    offsets: string[];
    linear: { weights: string; offset: number };
  };
  "card-fraud": {
    setting: { payments: number; frauds: number };
    model: { half: Caught; thresholds: (Caught & { threshold: number })[] };
  };
  "leaky-columns": { setting: LeakSetting };
  "swapped-labels": {
    setting: { test: number; steps: number; rate: number; side: number };
    images: string[];
    labels: string;
    order: string;
  };
}

/* ---- Search ---- */

/** The index that the build writes (macros/export/search_index.py). */
interface SearchIndex {
  roles: Record<string, string>;
  /** What people type, and what the playbook calls it: a line each. */
  meanings: [string, string][];
  entries: SearchEntry[];
}
interface SearchEntry {
  at: string;
  title: string;
  page?: string;
  role?: string;
  ask?: string;
  asked?: string[];
  text?: string;
  words?: string;
  kind?: "term" | "source";
}
interface SearchResult {
  address: string;
  title: string;
  page: string;
  role: string;
  text: string;
  asked: string;
}
