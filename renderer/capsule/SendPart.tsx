import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { megabytes, WorkBar } from "../backup/WorkBar.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Part } from "./Part.tsx";
import type { SendFile } from "./useSendFile.ts";

/** What goes, who can see what of it, and at the end what to do with it. */
export const SendPart = ({ send }: { readonly send: SendFile }) => {
  const { t } = useTranslation("capsule");
  const names = usePartnerName();
  const { stage, make, stop, startAgain } = send;
  const [what, setWhat] = useState<"new" | "all">("new");
  const [worked, setWorked] = useState(false);
  if (stage.at === "working" && !worked) setWorked(true);
  if (stage.at === "made")
    return (
      <Part title={t("send.title")} wish="sendFile">
        <Made name={stage.name} asked={stage.asked} onAgain={startAgain} />
      </Part>
    );
  if (stage.at === "placing")
    return (
      <Part title={t("send.title")} wish="sendFile">
        <p role="status">{t("send.placing")}</p>
        <div className="row">
          <Button className="btn" onPress={startAgain} autoFocus>
            {t("send.again")}
          </Button>
        </div>
      </Part>
    );
  return (
    <Part title={t("send.title")} wish="sendFile">
      {stage.at === "working" ? (
        <WorkBar
          text={
            stage.all === 0
              ? t("send.beginning")
              : t("send.working", { done: megabytes(stage.done), all: megabytes(stage.all) })
          }
          done={stage.done}
          all={stage.all}
          onStop={stop}
        />
      ) : (
        <>
          <Choice
            label={t("send.what")}
            options={(["new", "all"] as const).map((value) => ({
              value,
              label: t(`send.${value}`),
              help: t(`send.${value}Help`, names),
            }))}
            value={what}
            onChange={setWhat}
          />
          <p className="note">{t("send.sealed", names)}</p>
          {stage.code === undefined || isOwnDoing(stage.code) ? null : (
            <Trouble group="capsule" code={stage.code} />
          )}
          <div className="row">
            <Button className="btn primary" onPress={() => make(what)} autoFocus={worked}>
              {t("send.go")}
            </Button>
          </div>
        </>
      )}
      <p role="status" className="outcome">
        {stage.at === "asking" && isOwnDoing(stage.code)
          ? t(stage.code === "CLOSED" ? "send.closed" : "send.stopped")
          : ""}
      </p>
    </Part>
  );
};

/** Not trouble: the person has ended it. */
const isOwnDoing = (code: string | undefined): boolean => code === "CANCELLED" || code === "CLOSED";

type MadeProps = {
  readonly name: string;
  readonly asked: boolean;
  readonly onAgain: () => void;
};

const Made = ({ name, asked, onAgain }: MadeProps) => {
  const { t } = useTranslation("capsule");
  const names = usePartnerName();
  const heading = useRef<HTMLHeadingElement>(null);
  // What was pressed is gone with its stage.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div className="card">
        <h3 ref={heading} tabIndex={-1}>
          {t("send.made")}
        </h3>
        {asked ? null : <p>{t("send.where", { name })}</p>}
        <p>{t("send.give", names)}</p>
        <p className="help">{t("send.still", names)}</p>
      </div>
      <div className="row">
        <Button className="btn" onPress={onAgain}>
          {t("send.again")}
        </Button>
      </div>
    </>
  );
};
