import { lazy, Suspense } from "react";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { spellingLanguage } from "./language.ts";

const Spelling = lazy(async () => ({ default: (await import("./Spelling.tsx")).Spelling }));

/** Nothing of it is loaded where nothing is to be checked. */
export const ChecksSpelling = () => {
  const { bridge } = useSurroundings();
  const { spelling } = useLive(useJournal().settings);
  const language = spellingLanguage(spelling, navigator.language);
  if (!bridge.spelling.offered || language === undefined) return null;
  return (
    <Suspense fallback={null}>
      <Spelling key={language} language={language} />
    </Suspense>
  );
};
