/* What the scripts hand each other, for the type checker and for editors. No page loads this file.

   What a script looks up on a page is of any type: templates hold it, and tests in browsers prove it. */
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Element {
  closest(selectors: string): any;
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
  section: HTMLElement;
}

/** What another window or a colleague wrote in the same fields. */
interface Copy {
  when: number;
  [field: string]: any;
}

interface Field {
  start: any;
  fits: (value: unknown) => boolean;
}
type Fields = Record<string, Field>;

/** What every record carries: when it was written, its version, the version its writer had seen. */
interface Stored {
  when: number;
  rev: string;
  seen: string;
  copies: Copy[];
  /** What this edition of the page cannot read in it. */
  odd?: Record<string, any>;
  /** The stored text, where none of it can be read. */
  broken?: string;
  [field: string]: any;
}

interface Answer extends Stored {
  text: string;
  status: string;
  owner: string;
  due: string;
  next: string;
  decision: boolean;
  asked: string;
  title: string;
  wording: string;
}

interface Project extends Stored {
  name: string;
  date: string;
  people: string;
  absent: string[];
  stage: string;
  kind: string;
  minutes: number;
  extra: string[];
  omit: string[];
  notes: string;
  repository: string;
  created: number;
}

type Answers = Map<string, Answer>;
interface Sheet {
  project: Project;
  answers: Answers;
}
/** A worksheet from outside, and what was found out about it. */
interface LoadedSheet {
  id: string;
  sheet: Sheet;
  unread?: string[];
  edited?: boolean;
}

interface Step {
  minutes: number;
  title: string;
  what?: string;
  who?: string;
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
  start?: any;
  minutes?: number;
  what?: string;
  who?: string;
}
interface View {
  mode: string;
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

/** A piece of the minutes: a heading, a question, a line, a quote, or a list of pairs. */
interface Block {
  type: string;
  text?: string;
  level?: number;
  items?: string[][];
  id?: string;
}
type Words = Record<string, string>;

/** One part of an open worksheet: as it is here, as it is stored, and what came before. */
interface Part {
  mine: any;
  stored: any;
  before: any;
  /** What another window stored and this one showed. */
  live: any;
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
/** A depot of the leaky experiment: its setting, and what was invented for each of its days. */
interface Depot {
  days: number;
  live: number;
  test: number;
  starts: number;
  neighbours: number;
  days_apart: number;
  weight: number;
  parcels: number[];
  overtime: number[];
  order: number[];
}

/* ---- Search ---- */

/** The index that the build writes (macros/export/search_index.py). */
interface SearchIndex {
  roles: Record<string, string>;
  /** What people type, and what the playbook calls it. */
  meanings: [string[], string[]][];
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
  related?: string;
  cites?: string[];
}
interface SearchResult {
  address: string;
  title: string;
  page: string;
  role: string;
  text: string;
  asked: string;
}
