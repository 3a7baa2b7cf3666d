import type { Clock } from "../../../shared/base/clock.ts";
import { periodOf, type BoxTime } from "../../../shared/people/mailboxKeys.ts";
import type { AirlockMirror } from "../../../shared/carry/airlockMirror.ts";
import { openBox, type Box } from "./box.ts";
import type { Line } from "./line.ts";
import { mailboxTimes, mostAttempts, mostOpen } from "./times.ts";

export type PartnerBoxesParts = {
  readonly line: Line;
  readonly nameOf: (which: BoxTime) => string;
  readonly mirror: AirlockMirror;
  readonly clock: Clock;
  /** Some box of theirs has said what lies there. */
  readonly onAnswer: () => void;
  /** All of them have answered, and under these keys something lies there; again after every `lookAgain`. */
  readonly onRead: (keys: ReadonlySet<string>) => void;
  readonly onRefused: () => void;
  /** So many boxes are spoiled that it is the mailbox. */
  readonly onSpoiled: () => void;
};

export type PartnerBoxes = {
  /** Looks into those that were empty. */
  readonly lookAgain: () => void;
  readonly close: () => void;
};

type Reading = { readonly which: BoxTime; box: Box | undefined; synced: boolean; spoiled: boolean };

/**
 * Reads what the partner put in, and never writes. Where they left a spoiled box shows only in the next one, and a
 * mailbox may show one thing to the one and another to the other: so the box after one that was ever used, and after
 * the first that they may be writing now, is looked into as well, and whatever holds something stays open.
 */
export const readPartnerBoxes = (parts: PartnerBoxesParts): PartnerBoxes => {
  const { line, mirror, clock } = parts;
  const readings = new Map<string, Reading>();
  const queue: BoxTime[] = [];
  let closed = false;

  const mayBeWritten = ({ period }: BoxTime): boolean =>
    period >= periodOf(clock.now() - mailboxTimes.skew) &&
    period <= periodOf(clock.now() + mailboxTimes.skew);

  const openOnes = (): readonly Reading[] =>
    [...readings.values()].filter(({ box }) => box !== undefined);

  const read = (which: BoxTime): void => {
    if (which.period < 0) return;
    queue.push(which);
    readQueue();
  };
  const readQueue = (): void => {
    while (!closed && openOnes().length < mostOpen) {
      const next = queue.shift();
      if (next === undefined) return;
      const known = readings.get(parts.nameOf(next));
      if (known?.spoiled !== true && known?.box === undefined) open(next);
    }
  };

  const open = (which: BoxTime): void => {
    const name = parts.nameOf(which);
    const reading: Reading = { which, box: undefined, synced: false, spoiled: false };
    readings.set(name, reading);
    reading.box = openBox(line, name, {
      onArrived: mirror.bring,
      onGone: (keys) => {
        const elsewhere = lyingKeys();
        mirror.takeAway(keys.filter((key) => !elsewhere.has(key)));
      },
      onSynced: () => {
        reading.synced = true;
        parts.onAnswer();
        follow(reading);
        checkRead();
      },
      onRefused: (reason) => {
        // A box that is not there yet cannot be made where there is no room: it is empty.
        if (reason !== "full") return parts.onRefused();
        leave(reading);
        parts.onAnswer();
        checkRead();
      },
      onSpoiled: () => {
        reading.spoiled = true;
        leave(reading);
        parts.onAnswer();
        const spoiled = [...readings.values()].filter((one) => one.spoiled).length;
        if (spoiled >= mostAttempts) return parts.onSpoiled();
        readNext(which);
        checkRead();
      },
    });
  };

  const leave = (reading: Reading): void => {
    reading.box?.close();
    reading.box = undefined;
    readQueue();
  };
  const readNext = ({ period, attempt }: BoxTime): void => {
    if (attempt + 1 < mostAttempts) read({ period, attempt: attempt + 1 });
  };

  const follow = (reading: Reading): void => {
    const { which, box } = reading;
    if (box === undefined) return;
    const isCurrent = mayBeWritten(which) && (which.attempt === 0 || box.wasUsed());
    if (isCurrent || box.wasUsed()) readNext(which);
    if (!isCurrent && box.isEmpty()) leave(reading);
  };

  const checkRead = (): void => {
    if (!closed && queue.length === 0 && openOnes().every(({ synced }) => synced))
      parts.onRead(lyingKeys());
  };

  const lyingKeys = (): ReadonlySet<string> =>
    new Set(openOnes().flatMap(({ box }) => [...(box?.keys() ?? [])]));

  const lookAgain = (): void => {
    const now = periodOf(clock.now());
    for (let period = now - 3; period <= now + 1; period++) read({ period, attempt: 0 });
    for (const { which } of [...readings.values()]) read(which);
  };
  lookAgain();

  return {
    lookAgain,
    close: () => {
      closed = true;
      for (const reading of readings.values()) leave(reading);
    },
  };
};
