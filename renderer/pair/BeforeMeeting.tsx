import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { settingsAt } from "../settings/parts.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { OwnHow } from "./usePairing.ts";

/**
 * Whose computer is new: "again" the partner's, "return" this one, whose journal came back from a backup. "lost":
 * this one stays, and one that stood beside it is shut out. "adds", "joins": another of the same person's is to stand
 * beside the first.
 */
export type MeetingKind = "again" | "return" | "lost" | OwnHow;

const cameFrom: Readonly<Record<MeetingKind, string>> = {
  again: settingsAt("partner"),
  return: "/journal",
  lost: settingsAt("computers"),
  adds: settingsAt("computers"),
  joins: "/pair",
};

const backTexts = {
  again: "meetAgain.settings",
  return: "meetAgain.journal",
  lost: "meetAgain.settings",
  adds: "meetAgain.settings",
  joins: "title",
} as const;

const titles = {
  again: "again.title",
  return: "meetAgain.title",
  lost: "lost.title",
  adds: "adds.title",
  joins: "joins.title",
} as const;

/** Leaving is open at every step, and changes nothing. */
export const BackFromMeeting = ({ kind }: { readonly kind: MeetingKind }) => {
  const { t } = useTranslation("pair");
  return <BackLink to={cameFrom[kind]}>{t(backTexts[kind])}</BackLink>;
};

type BeforeMeetingProps = { readonly kind: MeetingKind; readonly onGo: () => void };

/** What the meeting is and what it is not, in words, before anything begins. */
export const BeforeMeeting = ({ kind, onGo }: BeforeMeetingProps) => {
  const { t } = useTranslation("pair");
  const said = useSaid();
  const points = usePoints(kind);
  return (
    <div className="stack measured">
      <BackFromMeeting kind={kind} />
      <PageTitle>{t(titles[kind], said)}</PageTitle>
      <p className="lead">{t(`${kind}.lead`, said)}</p>
      <ul className="meeting-points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <p>{t(kind === "lost" ? "lost.meet" : `${kind}.there`, said)}</p>
      <div className="row">
        <Button className="btn primary" onPress={onGo}>
          {t("meetAgain.go")}
        </Button>
        <Link className="btn" href={cameFrom[kind]}>
          {t("meetAgain.not")}
        </Link>
      </div>
    </div>
  );
};

const points = {
  again: ["back", "old", "notHere", "instead"],
  return: ["back", "old"],
  lost: ["out", "still", "there"],
  adds: ["comes", "stays", "who", "partner"],
  joins: ["comes", "stays", "name", "keeps"],
} as const;

const usePoints = (kind: MeetingKind): readonly string[] => {
  const { t } = useTranslation("pair");
  const said = useSaid();
  const { mine, theirs } = useLive(useJournal().computers);
  switch (kind) {
    case "adds":
      return [...points.adds.map((point) => t(`adds.${point}`, said)), t("own.nothing")];
    case "joins":
      return [...points.joins.map((point) => t(`joins.${point}`, said)), t("own.nothing")];
    case "lost":
      return [...points.lost.map((point) => t(`lost.${point}`, said)), t("meetAgain.nothing")];
    default: {
      // A meeting leaves one computer to each.
      const others = mine > 0 || theirs > 1 ? [t("meetAgain.others", said)] : [];
      const own =
        kind === "again"
          ? points.again.map((point) => t(`again.${point}`, said))
          : points.return.map((point) => t(`return.${point}`, said));
      return [...own, ...others, t("meetAgain.nothing")];
    }
  }
};

const useSaid = () => {
  const names = usePartnerName();
  const { name: me } = useLive(useJournal().me);
  return { ...names, me };
};
