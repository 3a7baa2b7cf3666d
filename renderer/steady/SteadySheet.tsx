import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/Sheet.tsx";
import { Breathing } from "./Breathing.tsx";
import { CrisisLines } from "./CrisisLines.tsx";
import { FiveThings } from "./FiveThings.tsx";

const ways = ["breathe", "ground", "crisis"] as const;
export type SteadyWay = (typeof ways)[number];

type SteadySheetProps = {
  readonly open: boolean;
  readonly onClose: () => void;
};

/** Over whatever is on the screen, open or locked; what is below stays as it is. */
export const SteadySheet = ({ open, onClose }: SteadySheetProps) => {
  const { t } = useTranslation("steady");
  const [way, setWay] = useState<SteadyWay>();
  useEffect(() => {
    if (!open) setWay(undefined);
  }, [open]);
  return (
    <Sheet
      title={t(way === undefined ? "title" : `ways.${way}.name`)}
      open={open}
      onClose={onClose}
    >
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

const Way = ({ way }: { readonly way: SteadyWay }) => {
  switch (way) {
    case "breathe":
      return <Breathing />;
    case "ground":
      return <FiveThings />;
    case "crisis":
      return <CrisisLines />;
  }
};
