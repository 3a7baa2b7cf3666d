import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useForMe } from "../forme/useForMe.ts";
import { HandForm } from "../hand/HandForm.tsx";
import { useCanAsk } from "../hand/useCanAsk.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** What only an unlocked journal has: words of one's own, and somebody to ask. */
export const ownWays = ["helps", "people", "hand"] as const;
export type OwnWayName = (typeof ownWays)[number];

/** Those of them for which there is anything. */
export const OwnWays = ({ onWay }: { readonly onWay: (way: OwnWayName) => void }) => {
  const { t } = useTranslation("steady");
  const names = usePartnerName();
  const { lines, people } = useForMe();
  const canAsk = useCanAsk();
  const there = { helps: lines.length > 0, people: people.length > 0, hand: canAsk };
  return ownWays
    .filter((way) => there[way])
    .map((way) => (
      <Button key={way} className="btn steady-way" onPress={() => onWay(way)}>
        <strong>{t(`ways.${way}.name`, names)}</strong>
        <span className="help">{t(`ways.${way}.text`)}</span>
      </Button>
    ));
};

export const OwnWay = ({ way }: { readonly way: OwnWayName }) => {
  switch (way) {
    case "helps":
      return <MyLines />;
    case "people":
      return <MyPeople />;
    case "hand":
      return <HandForm />;
  }
};

const MyLines = () => (
  <ul className="own-lines">
    {useForMe().lines.map((line) => (
      <li key={line} dir="auto">
        {line}
      </li>
    ))}
  </ul>
);

const MyPeople = () => {
  const { t } = useTranslation("forMe");
  return (
    <ul className="crisis-lines">
      {useForMe().people.map(({ card, name, reach, line }) => (
        <li key={card.id}>
          <span dir="auto">{name === "" ? t("people.unnamed") : name}</span>
          {reach === undefined ? null : (
            <strong className="crisis-number" dir="auto">
              {reach}
            </strong>
          )}
          {line === undefined ? null : (
            <span className="help" dir="auto">
              {line}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};
