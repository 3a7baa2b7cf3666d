import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import type { KeeperState } from "./keeper.ts";
import { useBackupKeeper } from "./keeperContext.tsx";
import { megabytes, WorkBar } from "./WorkBar.tsx";

type MakingNowProps = { readonly folder: ChosenFolder; readonly onAllow: () => Promise<void> };

export const MakingNow = ({ folder, onAllow }: MakingNowProps) => {
  const { t } = useTranslation("backup");
  const keeper = useBackupKeeper();
  const state = useLive(keeper.state);
  const begin = async (where: "folder" | "ask") => {
    if (where === "folder" && folder.state === "asks") await onAllow();
    await keeper.begin(where);
  };
  const [worked, setWorked] = useState(false);
  if (state.at === "working" && state.asked && !worked) setWorked(true);
  const hasFolder = folder.state === "ready" || folder.state === "asks";
  return (
    <div className="stack">
      {state.at === "working" ? (
        <WorkBar
          text={t("now.working", { done: megabytes(state.done), all: megabytes(state.all) })}
          done={state.done}
          all={state.all}
          onStop={keeper.stop}
        />
      ) : (
        <div className="row">
          {hasFolder ? (
            <Button className="btn" onPress={() => void begin("folder")} autoFocus={worked}>
              {t("now.folder")}
            </Button>
          ) : null}
          <Button
            className={hasFolder ? "btn quiet" : "btn"}
            onPress={() => void begin("ask")}
            autoFocus={worked && !hasFolder}
          >
            {t(hasFolder ? "now.elsewhere" : "now.save")}
          </Button>
        </div>
      )}
      <Outcome state={state} />
    </div>
  );
};

/** What came of the last one: said in words, and aloud. */
export const Outcome = ({ state }: { readonly state: KeeperState }) => {
  const { t } = useTranslation("backup");
  const said = state.at === "made" || state.at === "saved" || state.at === "closed";
  return (
    <>
      <p role="status" className="quiet-state">
        {said ? t(`now.${state.at}`) : ""}
      </p>
      {state.at === "refused" && state.code !== "CANCELLED" ? (
        <Trouble group="backup" code={state.code} />
      ) : null}
    </>
  );
};
