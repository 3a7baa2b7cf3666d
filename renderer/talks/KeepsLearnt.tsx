import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { Learnt } from "../../shared/page/talkTime.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { createLearnt } from "./learnt.ts";

const LearntContext = createContext<Learnt>(() => undefined);

export const useLearnt = (): Learnt => useContext(LearntContext);

/** Whatever screen is shown: a talk may begin on the other's while this one is elsewhere. */
export const KeepsLearnt = ({ children }: { readonly children: ReactNode }) => {
  const { cards } = useJournal();
  const { clock } = useSurroundings();
  const [kept] = useState(() => createLearnt({ cards, clock }));
  useEffect(() => kept.follow(), [kept]);
  return <LearntContext value={kept.learnt}>{children}</LearntContext>;
};
