import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, DropZone, FileTrigger } from "react-aria-components";
import { megabytes, WorkBar } from "../backup/WorkBar.tsx";
import { fromDrop, fromField } from "../moving/chosenFiles.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Part } from "./Part.tsx";
import { RefusedFiles } from "./RefusedFiles.tsx";
import { useTakenWords } from "./useTakenWords.ts";
import type { TakeFiles, TakeStage } from "./useTakeFiles.ts";

/** By the button or dropped, one or several: what came of them is said for all together. */
export const TakePart = ({ files }: { readonly files: TakeFiles }) => {
  const { t } = useTranslation("capsule");
  const names = usePartnerName();
  const { stage, take } = files;
  const [worked, setWorked] = useState(false);
  if (stage.at === "working" && !worked) setWorked(true);
  const chosen = (list: FileList | null) => {
    if (list !== null && list.length > 0) take(fromField(list));
  };
  return (
    <Part title={t("take.title")} wish="takeFile">
      <p>{t("take.lead", names)}</p>
      <TakenNow files={files} />
      {stage.at === "working" ? null : (
        <DropZone
          className="drop-zone"
          aria-label={t("take.drop")}
          getDropOperation={() => "copy"}
          onDrop={({ items }) => take(fromDrop(items))}
        >
          <div className="row">
            <FileTrigger allowsMultiple onSelect={chosen}>
              <Button className="btn" autoFocus={worked}>
                {t("take.choose")}
              </Button>
            </FileTrigger>
          </div>
          <p className="help">{t("take.dropHelp")}</p>
        </DropZone>
      )}
    </Part>
  );
};

/** How far it is, and what came of it. */
export const TakenNow = ({ files: { stage, stop } }: { readonly files: TakeFiles }) => {
  const words = useTakenWords();
  return (
    <>
      <p role="status" className="outcome">
        {stage.at === "taken" ? words(stage.taken).join(" ") : ""}
      </p>
      <NotTaken stage={stage} />
      {stage.at === "working" ? <Working stage={stage} onStop={stop} /> : null}
    </>
  );
};

const NotTaken = ({ stage }: { readonly stage: TakeStage }) => {
  if (stage.at === "asking")
    return stage.nothing ? <Trouble group="capsule" code="NOTHING_HERE" /> : null;
  if (stage.at === "working") return null;
  const { refused, whole, unread } = stage.taken;
  const [first] = refused;
  if (first === undefined) return null;
  // One file alone has no need of its name.
  return refused.length === 1 && whole === 0 && !unread ? (
    <Trouble group="capsule" code={first.code} />
  ) : (
    <RefusedFiles refused={refused} />
  );
};

type WorkingProps = {
  readonly stage: Extract<TakeStage, { readonly at: "working" }>;
  readonly onStop: () => void;
};

const Working = ({ stage: { name, done, all }, onStop }: WorkingProps) => {
  const { t } = useTranslation("capsule");
  const text =
    name === undefined
      ? t("take.looking")
      : all === 0
        ? t("take.beginning", { name })
        : t("take.working", { name, done: megabytes(done), all: megabytes(all) });
  return <WorkBar text={text} done={done} all={all} onStop={onStop} />;
};
