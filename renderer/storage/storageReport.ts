/**
 * Something on the disk that was not as we left it. For the log; nothing was lost by our reading it.
 * DAMAGED_RECORD: bytes that are no Yjs update, set aside in the volume's `custom` store.
 * NOT_AN_ENVELOPE, NOT_A_CACHE_ENTRY, NOT_A_CHUNK: a value of another kind, passed over.
 * GAP: a volume holds updates whose predecessors are missing; they are kept and wait.
 */
export type StorageReport = {
  readonly code: "DAMAGED_RECORD" | "NOT_AN_ENVELOPE" | "NOT_A_CACHE_ENTRY" | "NOT_A_CHUNK" | "GAP";
  readonly database: string;
  readonly count: number;
};

export type ReportStorage = (report: StorageReport) => void;
