import { refuse, type Refused } from "../../base/result.ts";
import type { Journal } from "../journal.ts";

type Sent = Pick<
  Journal,
  | ("share" | "askAgain" | "nod" | "sayDay" | "sayYes" | "endAgreement" | "withdraw")
  | ("draftChange" | "sayPractice" | "agreeTo" | "endIt" | "layPace" | "clearPace")
>;

/** Once the journal has ended nothing goes out any more, and nothing that was shared changes. Drafts are written on. */
export const endedActs = (acts: Sent, hasEnded: () => boolean): Sent => {
  const unlessEnded =
    <Asked extends readonly unknown[], Answer>(act: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked): Promise<Answer | Refused<"JOURNAL_ENDED">> =>
      hasEnded() ? refuse("JOURNAL_ENDED") : act(...asked);
  return {
    share: unlessEnded(acts.share),
    askAgain: unlessEnded(acts.askAgain),
    nod: unlessEnded(acts.nod),
    sayDay: unlessEnded(acts.sayDay),
    sayYes: unlessEnded(acts.sayYes),
    endAgreement: unlessEnded(acts.endAgreement),
    withdraw: unlessEnded(acts.withdraw),
    sayPractice: unlessEnded(acts.sayPractice),
    agreeTo: unlessEnded(acts.agreeTo),
    endIt: unlessEnded(acts.endIt),
    layPace: unlessEnded(acts.layPace),
    clearPace: unlessEnded(acts.clearPace),
    draftChange: unlessEnded(acts.draftChange),
  };
};
