import { useTranslation } from "react-i18next";
import type { Live } from "../../shared/base/live.ts";
import type { SaveState } from "../../shared/journal/openPage.ts";
import { Trouble } from "./Trouble.tsx";
import { useLive } from "./useLive.ts";

type SavedWordsProps = {
  readonly saved: Live<SaveState>;
  /** What is true of the page before anything was typed. */
  readonly untouched: string;
};

/** "Saved on this computer" only when the disk has said so. */
export const SavedWords = ({ saved, untouched }: SavedWordsProps) => {
  const { t } = useTranslation("journal");
  const state = useLive(saved);
  if (state.state === "failed") return <Trouble group="page" code={state.code} />;
  return (
    <p className="saved" role="status">
      {state.state === "untouched" ? untouched : t(`saved.${state.state}`)}
    </p>
  );
};
