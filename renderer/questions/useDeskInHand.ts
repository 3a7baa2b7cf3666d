import { useMemo, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";

/** Where the focus goes after something was done: to that page of the thread. Another object each time. */
export type Arrival = { readonly page: PageId };

/** One draft of a thread is worked on at a time; the others wait folded where they belong. */
export type DeskInHand = {
  /** The draft that is open for writing. */
  readonly draft: PageId | undefined;
  /** It was taken up on this screen just now, so its editor may take the focus. */
  readonly begun: boolean;
  readonly take: (draft: PageId) => void;
  /** Leaves what was in hand, says aloud what happened, and takes the focus to `page`. */
  readonly putDown: (says: string, page?: PageId) => void;
  /** Takes the focus to `page`, and says what happened; what is in hand stays there. */
  readonly arrive: (page: PageId, says?: string) => void;
  readonly arrival: Arrival | undefined;
  /** Every page that the focus was taken to on this screen: it stays open to read. */
  readonly arrived: ReadonlySet<PageId>;
  /** What happened last, for a screen reader. */
  readonly says: string;
};

type State = Pick<DeskInHand, "draft" | "begun" | "arrival" | "arrived" | "says">;

export const useDeskInHand = (first: PageId | undefined): DeskInHand => {
  const [state, setState] = useState<State>({
    draft: first,
    begun: false,
    arrival: undefined,
    arrived: new Set(),
    says: "",
  });
  return useMemo(
    () => ({
      ...state,
      take: (draft) =>
        setState((now) => ({ ...now, draft, begun: true, arrival: undefined, says: "" })),
      putDown: (says, page) =>
        setState((now) => ({ ...now, ...to(now, page), draft: undefined, begun: false, says })),
      arrive: (page, says = "") => setState((now) => ({ ...now, ...to(now, page), says })),
    }),
    [state],
  );
};

const to = ({ arrived }: State, page: PageId | undefined): Pick<State, "arrival" | "arrived"> =>
  page === undefined
    ? { arrival: undefined, arrived }
    : { arrival: { page }, arrived: new Set([...arrived, page]) };
