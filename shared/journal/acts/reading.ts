import { breathe } from "../../base/clock.ts";
import { createQueue } from "../../base/queue.ts";
import { accept, refuse } from "../../base/result.ts";
import { dayAt } from "../../page/day.ts";
import type { ActsTools } from "./actsTools.ts";
import { openHistory } from "../pages/history.ts";
import type { Journal } from "../journal.ts";
import { photosOf } from "../pages/photos.ts";

export type Reading = Pick<Journal, "openClosed" | "putOff" | "setEnough" | "openHistory">;

/** What a reader does: nothing of it is ever carried (PRODUCT, safety 2). */
export const createReading = ({ reach, marks, readable, clock, random }: ActsTools): Reading => {
  /** One after the other, however many are asked for: a partner may have made each of them long. */
  const inTurn = createQueue();
  const sentToMe: ActsTools["reach"]["draft"] = (page) => {
    const card = reach.card(page);
    if (card?.place !== "shared" || card.author !== "partner") return refuse("NO_PAGE");
    return card.withdrawnAt === undefined ? accept(card) : refuse("WITHDRAWN");
  };

  return {
    openClosed: async (page) => {
      const card = sentToMe(page);
      if (!card.ok) return card;
      const opened = card.value.opened ? accept(undefined) : await marks.open(page);
      const taken = await marks.setPutOff(page, undefined);
      return opened.ok ? taken : opened;
    },
    putOff: async (page, to) => {
      const card = sentToMe(page);
      if (!card.ok) return card;
      if (card.value.opened) return refuse("NO_PAGE");
      return marks.setPutOff(page, to === "today" ? dayAt(clock.now()) : to);
    },
    setEnough: async (enough) => marks.setEnough(enough ? dayAt(clock.now()) : undefined),
    openHistory: async (page) => {
      const card = reach.card(page);
      const shelf = readable();
      if (card?.place !== "shared" || !card.opened || shelf === undefined) return refuse("NO_PAGE");
      return card.withdrawnAt === undefined
        ? inTurn(() =>
            openHistory(
              shelf,
              { page, rules: "shared" },
              random,
              () => breathe(clock),
              photosOf({ box: shelf.photos }),
            ),
          )
        : refuse("WITHDRAWN");
    },
  };
};
