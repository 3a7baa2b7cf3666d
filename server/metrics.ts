import type { BusStats } from "./bus.ts";
import type { Ending } from "./line.ts";

export type MailboxStats = {
  /** Couples of whom somebody is connected. */
  readonly couples: number;
  /** Documents in memory, and on the disk with their bytes. */
  readonly openDocuments: number;
  readonly openBytes: number;
  readonly storedDocuments: number;
  readonly storedBytes: number;
  /** Changes that are not on the disk yet. */
  readonly unsaved: number;
  /** Since the start, by reason. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly mishaps: ReadonlyMap<string, number>;
};

export type Metrics = {
  readonly sockets: number;
  readonly talkers: number;
  readonly topics: number;
  readonly guests: number;
  readonly endings: ReadonlyMap<Ending, number>;
  readonly mailbox?: MailboxStats | undefined;
  readonly bus?: BusStats | undefined;
};

type Row = readonly [label: string, value: number];

/** In Prometheus's text format: sums only, of everybody together. */
export const writeMetrics = (metrics: Metrics): string => {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { mailbox, bus } = metrics;
  return [
    gauge("connections", "WebSocket connections.", [
      ['{kind="rendezvous"}', metrics.talkers],
      ['{kind="mailbox"}', metrics.guests],
    ]),
    gauge("sockets", "TCP connections.", [["", metrics.sockets]]),
    gauge("topics", "Topics at the rendezvous.", [["", metrics.topics]]),
    counter("endings_total", "Connections that ended, by reason.", byReason(metrics.endings)),
    ...(mailbox === undefined ? [] : writeMailbox(mailbox)),
    ...(bus === undefined ? [] : writeBus(bus)),
    gauge("memory_bytes", "Memory of this process.", [
      ['{kind="resident"}', rss],
      ['{kind="heap"}', heapUsed],
      ['{kind="external"}', external],
    ]),
  ].join("");
};

const writeMailbox = (stats: MailboxStats): readonly string[] => [
  gauge("mailbox_couples", "Couples of whom somebody is connected.", [["", stats.couples]]),
  gauge("mailbox_documents", "Documents of the mailbox.", [
    ['{where="memory"}', stats.openDocuments],
    ['{where="disk"}', stats.storedDocuments],
  ]),
  gauge("mailbox_bytes", "What these documents take.", [
    ['{where="memory"}', stats.openBytes],
    ['{where="disk"}', stats.storedBytes],
  ]),
  gauge("mailbox_unsaved", "Documents that are not on the disk as they are.", [
    ["", stats.unsaved],
  ]),
  counter("mailbox_refusals_total", "What was refused, by reason.", byReason(stats.refusals)),
  counter("mailbox_mishaps_total", "What went wrong with files.", byReason(stats.mishaps)),
];

const writeBus = ({ isUp, channels, dropped }: BusStats): readonly string[] => [
  gauge("redis_up", "1 while the other processes can be reached.", [["", isUp ? 1 : 0]]),
  gauge("redis_channels", "Channels this process listens to.", [["", channels]]),
  counter("redis_dropped_total", "Messages not passed on or not heard.", byReason(dropped)),
];

const byReason = (counts: ReadonlyMap<string, number>): readonly Row[] =>
  [...counts].map(([reason, count]) => [`{reason="${reason}"}`, count]);

const gauge = (name: string, help: string, rows: readonly Row[]) =>
  family("gauge", name, help, rows);

const counter = (name: string, help: string, rows: readonly Row[]) =>
  family("counter", name, help, rows);

const family = (type: string, name: string, help: string, rows: readonly Row[]): string =>
  [
    `# HELP twofold_${name} ${help}`,
    `# TYPE twofold_${name} ${type}`,
    ...rows.map(([label, value]) => `twofold_${name}${label} ${value}`),
    "",
  ].join("\n");
