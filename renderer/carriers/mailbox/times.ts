/** Milliseconds, all of them. */
export const mailboxTimes = {
  /** No box has answered by then: this connection is given up. */
  answer: 15_000,
  /** The partner's boxes have this long; then the own one is filled, whatever is still to come. */
  read: 20_000,
  /** The mailbox has taken nothing of mine for so long, though something is under way. */
  stall: 60_000,
  /** After something was not taken, the reason for it has so long to come. */
  reason: 2_000,
  /** A stock server closes after 60 s without a word from this side. */
  keepAlive: 25_000,
  /** Nothing heard for so long: the line is dead. */
  silence: 70_000,
  /** What lies in the own box and was not offered goes once nothing was offered for so long. */
  quiet: 5_000,
  /** Boxes that were empty are looked into again. */
  again: 60 * 60_000,
  /** Then all documents are fetched afresh: what a mailbox has hidden meanwhile shows. */
  renew: 12 * 60 * 60_000,
  /** What the partner may be writing by a clock that is this far off is kept open. */
  skew: 36 * 60 * 60_000,
  /** A box for which there was no room is asked for again. */
  fullAgain: 5 * 60_000,
  /** From one connection to the next: at first, at most, and after a mailbox gave back other things. */
  retry: { first: 1_000, most: 5 * 60_000, spoiled: 6 * 60 * 60_000 },
  /** A connection that stood so long with the own box in step counts as good: the next is dialled soon. */
  good: 60_000,
  /** No box has answered for so long: NO_MAILBOX. */
  unanswered: 20_000,
} as const;

/** Bytes. */
export const mailboxSizes = {
  /** Of envelopes in one message of mine; one that is larger goes alone. */
  slice: 1024 * 1024,
  /** No message of mine is longer: servers close on those. */
  sent: 2 * 1024 * 1024,
  /** A box holds at most a window (24 MiB) of envelopes. */
  heard: 64 * 1024 * 1024,
  /** Of all messages within an hour: two windows each way and as much again. */
  heardInAll: 192 * 1024 * 1024,
} as const;

/** Messages of mine that wait for their receipt. */
export const mostUnderWay = 2;
/** Own boxes of one period, and the partner's of all, that may be spoiled; then the mailbox itself counts as spoiled. */
export const mostAttempts = 8;

/** The partner's boxes that are open at a time; a server lets a connection open some 16. */
export const mostOpen = 12;

/** What one box may do before it is left; see AirlockLimits. */
export const boxLimits = {
  junk: 64,
  repairs: 64,
  /**
   * No less than the line takes within an hour: what is acknowledged leaves the box and makes room for more, so a first
   * sync goes through one box whole.
   */
  arrivedBytes: mailboxSizes.heardInAll,
  /** A stock server passes on in order, so that nothing ever waits for something that has not come. */
  waitingBytes: 64 * 1024,
} as const;
