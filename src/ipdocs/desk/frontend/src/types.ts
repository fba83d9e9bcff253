// What the server sends and takes, as JSON. All places in words count UTF-16 code units of the cell's source text.

import type { FactCell } from "./fact-types";

/** Words of the interface made on the server: the English, with {names}, and what stands for the names. */
export type Message = { text: string; values?: Record<string, string> };

export type SpanKind =
  | "fact" | "strong" | "emphasis" | "link" | "note" | "break" | "verbatim" | "superscript" | "subscript" | "draft" | "gap" | "escape";
export type Span = {
  kind: SpanKind;
  /** The whole, with its marks. */
  start: number;
  end: number;
  /** The words between the marks. What lies outside is hidden; a fact, note or break is hidden whole. */
  inner_start: number;
  inner_end: number;
  /** Of a fact: the value as this language and style write it. Of a note: its number. Of a break: "". */
  shown?: string;
  /** Of a fact. */
  name?: string;
  /** Of a fact: the whole expression, such as "met | day". */
  expression?: string;
  /** Of a link. */
  target?: string;
};

export type StateKind = "missing" | "draft" | "written" | "changed" | "confirmed" | "follows" | "absent";
export type CellState = {
  kind: StateKind;
  by?: string;
  on?: string;
  /** Of a draft: "memory", "machine", … */
  origin?: string;
  percent?: number;
  /** There is an open gap: the text cannot be confirmed. */
  gap?: boolean;
};

/** A text in a language that is written. A text of null: the file has no such key. */
export type Cell = { place: string; lang: string; text: string | null; spans: Span[]; state: CellState };
/** A text in a language that is derived: rendered words without markup; the spans mark places in them. */
export type DerivedCell = { place: string; lang: string; text: string; spans: Span[] };

type LineRole =
  | "text" | "item" | "intro" | "caption" | "alt" | "cell" | "head" | "term" | "definition" | "note" | "label";
export type Line = {
  place: string;
  role: LineRole;
  /** Everyday name, for the label of the cell. */
  label: Message;
  level: number;
  marker?: Record<string, string>;
  /** What the style adds, shown grey. */
  ending?: Record<string, string>;
  row?: number;
  column?: number;
  colspan?: number;
  rowspan?: number;
  cells: Record<string, Cell>;
  derived: Record<string, DerivedCell>;
};

/** A block of the body, or a field of the head. */
export type Row = {
  id: string;
  /** The kind of block, or "head". */
  kind: string;
  name: Message;
  body: boolean;
  restricted?: string;
  absent: Record<string, string>;
  only?: string;
  lines: Line[];
  picture?: { file: string; width: number; height: number };
  /** The name of a recurring text. */
  section?: string;
  /** The kinds it can be changed to. */
  can: string[];
};

export type FactForm = { expression: string; reads: string };
export type Fact = {
  name: string;
  type: string;
  /** As people write it. */
  value: string;
  notation: string;
  reads: Record<string, string>;
  uses: number;
  inherited: boolean;
  forms: Record<string, FactForm[]>;
  /** The Simplified character of each Traditional one in its words, so that a search finds both. */
  folding: Record<string, string>;
};

export type Piece = { kind: "same" | "old" | "new"; text: string };
export type MemoryMatch = {
  draft: string;
  percent: number;
  kind: string;
  difference: Piece[];
  reason: string;
  new_values: boolean;
  origin: string;
  document: string;
  issued: string;
  by: string;
  on: string;
};
export type Matches = { version: number; matches: MemoryMatch[]; changed: { lang: string; pieces: Piece[]; by: string; on: string } | null };

/** `name` is the name in the language itself, `english` the English one, and `short` a sign for narrow columns. */
export type Language = { code: string; tag: string; name: string; english: string; short: string; derived_from?: string };

/** Who approved a document last, and what has changed since: rows, fields without a row, and what was taken out. */
export type Approval = { by: string; at: string; changed: string[]; /** Of fields of the head. */ names: Record<string, Message> };
/** `lang` is null for all languages. */
export type Remark = { id: string; row: string; lang: string | null; text: string; by: string; at: string; settled_by: string | null; settled_at: string | null };
/** What approving needs besides the words: what there is to read, what the person has read and when, and values that are no texts. */
export type ToRead = { version: number; digests: Record<string, string>; read: Record<string, string>; fields: { id: string; name: Message; values: Message[] }[] };

export type DocumentView = {
  document: string;
  version: number;
  hash: string;
  kind: string;
  kind_name: Message;
  title: Record<string, string>;
  about: Message[];
  languages: Language[];
  rows: Row[];
  facts: Fact[];
  approval: Approval | null;
  remarks: Remark[];
  /** The blocks that may be put in. */
  kinds: { kind: string; name: Message }[];
  undo: Message | null;
  redo: Message | null;
  saved_at: string | null;
  read_only: Message | null;
  problem: Problem | null;
  large: boolean;
};

/** Why the file cannot be read now; the rows are then those that were last read. */
export type Problem = {
  findings: CoreFinding[];
  /** The lines around the first finding. */
  lines: { number: number; text: string }[];
  since: string;
  /** The time of the version that the file can be taken back to. */
  back_to: string | null;
};

export type GoTo = { place: string; lang: string } | { row: string } | { fact: string };
export type Patch = {
  /** The version that the patch applies to: a page that shows another one loads the document again. */
  base: number;
  version: number;
  hash: string;
  saved_at: string;
  label: Message | null;
  /** The ids of all rows, in order. */
  order: string[];
  /** Changed and new rows, whole. */
  rows: Row[];
  facts: Fact[];
  approval: Approval | null;
  remarks: Remark[];
  title: Record<string, string>;
  about: Message[];
  undo: Message | null;
  redo: Message | null;
  read_only: Message | null;
  problem: Problem | null;
  go_to?: GoTo;
};

export type TableAction =
  | "row-after" | "row-before" | "row-delete" | "column-after" | "column-before" | "column-delete" | "join" | "separate";
export type Change =
  | { type: "text"; place: string; lang: string; before: string | null; after: string | null }
  | { type: "insert"; after: string | null; kind: string; texts?: Record<string, string>; value?: unknown }
  | { type: "insert-item"; place: string; index: number; texts: Record<string, string> }
  | { type: "delete"; row: string }
  | { type: "delete-item"; place: string }
  | { type: "move"; row: string; after: string | null }
  | { type: "move-item"; place: string; index: number }
  | { type: "level"; place: string; by: 1 | -1 }
  | { type: "end-list"; place: string }
  | { type: "kind"; row: string; kind: string }
  | { type: "split"; place: string; lang: string; at: number; before: string }
  | { type: "join"; place: string }
  | { type: "set"; row: string; key: string; value: unknown }
  | { type: "limit"; row: string; lang: string; reason?: string; mode: "absent" | "only" | "all" }
  | { type: "note"; place: string; lang: string; at: number; texts: Record<string, string> }
  | { type: "table"; place: string; action: TableAction; to?: string }
  | { type: "use-words"; row: string }
  | { type: "paste"; after: string | null; blocks: Record<string, unknown>[] }
  | { type: "fact"; action: "put"; name: string; notation: string; fact_type: string; before: string | null }
  | { type: "fact"; action: "rename"; name: string; to: string }
  | { type: "fact"; action: "delete"; name: string }
  | { type: "fact"; action: "words"; name: string }
  | { type: "fact"; action: "keep"; name: string }
  | {
      type: "fact-from";
      name: string;
      fact_type: string;
      notation: string;
      cells: FactCell[];
    }
  | { type: "head"; key: string; value: unknown; before: unknown }
  | { type: "fix"; finding: string; all?: boolean }
  | { type: "allow"; finding: string; reason: string }
  | { type: "choice"; finding: string; lang: string; text: string }
  /** With a place: only this text, while others of its row are open. */
  | { type: "confirm"; row: string; lang: string; by: string; place?: string }
  | { type: "read"; row: string; digest: string; by: string }
  | { type: "approve"; by: string }
  | { type: "remark"; row: string; lang: string | null; text: string; by: string }
  | { type: "settle"; remark: string; by: string }
  /** Drafts for texts that are missing, by their places. */
  | { type: "fill"; lang: string; drafts: Record<string, string> };
/** `continues`: the same words are typed on without a pause, so that they are undone together. */
export type Step = { id: string; tab: string; changes: Change[]; continues?: boolean };

export type DeskFinding = {
  /** Stays the same while the words stand. */
  id: string;
  code: string;
  severity: "error" | "warning";
  row: string | null;
  place: string | null;
  /** The language in which readers see the fault. */
  lang: string | null;
  /** The language of the text that start and end count in; another one where `lang` is made from it. */
  written: string | null;
  start: number;
  end: number;
  /** The words that are wrong; empty where something is missing. */
  words: string;
  /** What this kind of finding is, in the English of the catalog, with {words} and {other}. */
  sentence: string | null;
  message: string;
  hint: string | null;
  other: { lang: string; text: string }[];
  fix: { text: string; all: number } | null;
  /** What the text lacks, as source text. */
  insert: string | null;
  /** The possible forms of a word made by conversion, the present one first. */
  forms: string[];
  can_allow: boolean;
  /** The words are made by conversion. */
  derived: boolean;
  /** It is known from this text alone, so that the fast lane finds it, too. */
  unit: boolean;
  fact: string | null;
};
export type Look = {
  place: string;
  lang: string;
  version: number;
  spans: Span[];
  state: CellState;
  derived: DerivedCell[];
  findings: DeskFinding[];
  facts_unused: string[];
};
/** `more`: how many further findings there are, which come when these are mended. */
export type Findings = { version: number; findings: DeskFinding[]; more: number };
/** Where a row, or one of its texts, stands on a page, as fractions of the page. */
export type PlacedRow = {
  row: string;
  lang: string;
  page: number;
  /** The number of the text in the row; null for the whole row. */
  piece: number | null;
  /** Whether this is a footnote of the row. */
  note: boolean;
  x: number;
  y: number;
  w: number;
  h: number;
};
export type Places = {
  version: number;
  pages: number;
  boxes: PlacedRow[];
  /** What each page says. */
  texts: string[];
};

/** A finding as the command line gives it with --json. */
export type CoreFinding = {
  code: string;
  severity: "error" | "warning";
  message: string;
  path: string | null;
  line: number | null;
  column: number | null;
  hint: string | null;
  /** What such findings are in one everyday sentence, where a request is refused. */
  sentence?: string | null;
};
export type Conflict = { place: string; lang: string; mine: string | null; theirs: string | null; base: string | null };
/** The body of an answer that is not a success. */
export type Failure = { reason?: Message; findings?: CoreFinding[]; conflict?: Conflict; stale?: true; changed_since?: Message; nothing?: "undo" | "redo"; read_only?: Message; problem?: Problem };

export type DeskEvent = {
  type: "saved" | "changed" | "findings" | "page" | "job" | "stop" | "documents" | "lost";
  document?: string;
  version?: number;
  tab?: string;
  [key: string]: unknown;
};

/** A language of the interface. */
type InterfaceLanguage = { code: string; tag: string; name: string; locale: string };

/** What the page is told when it is let in. */
export type DeskInfo = {
  workspace: string;
  folder: string;
  version: string;
  /** The language of the interface. */
  language: string;
  /** All languages of the interface; `locale` is the tag by which the browser writes dates. */
  languages: InterfaceLanguage[];
  /** The English of each word of the interface, and its translation. */
  catalog: Record<string, string>;
  /** The name used for confirmations. */
  name: string;
  /** The id of the last event, after which this window listens. */
  event: string;
};
