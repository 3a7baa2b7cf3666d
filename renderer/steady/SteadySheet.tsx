import { useContext, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/Sheet.tsx";
import { JournalContext } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Breathing } from "./Breathing.tsx";
import { CrisisLines } from "./CrisisLines.tsx";
import { FiveThings } from "./FiveThings.tsx";
import { OwnWay, type OwnWayName, OwnWays, ownWays } from "./OwnWays.tsx";

const ways = ["breathe", "ground", "crisis"] as const;
export type SteadyWay = (typeof ways)[number] | OwnWayName;

type SteadySheetProps = {
  readonly open: boolean;
  readonly onClose: () => void;
};

/**
 * Over whatever is on the screen, open or locked; what is below stays as it is. Of the journal nothing is in it but
 * while that is open: a lock takes it away with everything else.
 */
export const SteadySheet = ({ open, onClose }: SteadySheetProps) => {
  const { t } = useTranslation("steady");
  const isUnlocked = useContext(JournalContext) !== undefined;
  const [chosen, setWay] = useState<SteadyWay>();
  const way = isUnlocked || !isOwn(chosen) ? chosen : undefined;
  useEffect(() => {
    if (!open) setWay(undefined);
  }, [open]);
  const title = () => {
    if (way === undefined) return t("title");
    return isOwn(way) ? <OwnName way={way} /> : t(`ways.${way}.name`);
  };
  return (
    <Sheet title={title()} open={open} onClose={onClose}>
      <div className="steady stack">
        {way === undefined ? (
          <>
            <p>{t("lead")}</p>
            <div className="steady-ways">
              {ways.map((one, index) => (
                <Button
                  key={one}
                  className="btn steady-way"
                  autoFocus={index === 0}
                  onPress={() => setWay(one)}
                >
                  <strong>{t(`ways.${one}.name`)}</strong>
                  <span className="help">{t(`ways.${one}.text`)}</span>
                </Button>
              ))}
              {isUnlocked ? <OwnWays onWay={setWay} /> : null}
            </div>
          </>
        ) : (
          <Way way={way} />
        )}
      </div>
      <div className="row">
        <Button key={way} className="btn" autoFocus={way === "breathe"} onPress={onClose}>
          {t("close")}
        </Button>
        {way === undefined ? null : (
          <Button className="btn quiet" onPress={() => setWay(undefined)}>
            {t("others")}
          </Button>
        )}
      </div>
    </Sheet>
  );
};

const isOwn = (way: SteadyWay | undefined): way is OwnWayName => ownWays.some((own) => own === way);

const OwnName = ({ way }: { readonly way: OwnWayName }) => {
  const { t } = useTranslation("steady");
  return t(`ways.${way}.name`, usePartnerName());
};

const Way = ({ way }: { readonly way: SteadyWay }) => {
  if (isOwn(way)) return <OwnWay way={way} />;
  switch (way) {
    case "breathe":
      return <Breathing />;
    case "ground":
      return <FiveThings />;
    case "crisis":
      return <CrisisLines />;
  }
};
