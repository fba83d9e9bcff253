// The rows of Home, as the server sends them.
import type { Approval, Language, Message } from "./types";

export type HomeCounts = { total?: number; confirmed?: number; written?: number; draft?: number; changed?: number; missing?: number };
export type HomeRow = {
  document: string;
  /** Milliseconds since 1970. */
  changed: number;
  /** The row is being made anew. */
  pending: boolean;
  title: Record<string, string>;
  kind?: string;
  kind_name?: Message;
  reference?: string;
  /** A date, or a moment with its offset. */
  issued?: string | null;
  embargoed?: boolean;
  meeting?: string | null;
  is_agenda?: boolean;
  languages: (Language & { counts: HomeCounts })[];
  original?: string;
  inherited?: number;
  approval?: Approval | null;
  /** Remarks that are not settled. */
  remarks?: number;
  findings: { errors: number; warnings: number; first: Message | null } | null;
  /** Why the document cannot be read. */
  problem?: { message: string; hint: string | null }[];
};
