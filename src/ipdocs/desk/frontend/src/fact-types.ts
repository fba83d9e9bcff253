// What the server says of values that are, or could be, facts.
import type { CoreFinding } from "./types";

/** Words of a value in a cell, and the source text that a fact would put in their place. */
export type FactCell = { place: string; lang: string; start: number; end: number; words: string; expression: string };
/** A fact that could be made of words. */
export type FactProposal = {
  name: string;
  fact_type: string;
  notation: string;
  value: string;
  place: string;
  row: string;
  /** The cell that was asked about comes first. */
  cells: (FactCell & { reads: string; exact: boolean; doubtful: boolean })[];
  /** The languages that do not say it. */
  missing: string[];
  /** What would read otherwise than before. */
  changes: { lang: string; before: string; after: string }[];
  /** Facts that have the value already. */
  same: string[];
};
export type ValueRead =
  | { read: null; example: string }
  | {
      read: { fact_type: string; notation: string; value: string };
      /** The words in each language, by the expression; "" is the usual form. */
      shown: Record<string, Record<string, string>>;
      problems: CoreFinding[];
    };
