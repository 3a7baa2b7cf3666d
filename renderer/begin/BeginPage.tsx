import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { stages } from "../../shared/journal/journal.ts";
import { settingsAt } from "../settings/parts.ts";
import { useSetting } from "../settings/useSetting.ts";
import { Choice } from "../ui/Choice.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { type GroupId, groups, offersFor, type PlaceId } from "./offers.ts";
import { PlaceLine } from "./PlaceLine.tsx";

const groupIds = Object.keys(groups) as readonly GroupId[];

/** Where to begin: some places by what one says of oneself, and below them all that there is. */
export const BeginPage = () => {
  const { t } = useTranslation("begin");
  const journal = useJournal();
  const { role } = useLive(journal.me);
  const paired = useLive(journal.partner) !== undefined;
  const { settings, change, task } = useSetting();
  const { stage } = settings;
  return (
    <div className="stack measured begin">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("lead")}</p>
      <ul className="lines">
        <li>
          <Link href={paired ? "/begin/together" : "/begin/alone"} className="line">
            <strong>{t(paired ? "together.title" : "alone.title")}</strong>
            <span className="help">{t(paired ? "together.help" : "alone.help")}</span>
          </Link>
        </li>
      </ul>
      <Choice
        across
        label={t("stage.label")}
        help={t("stage.help")}
        options={stages.map((value) => ({ value, label: t(`stage.${value}`) }))}
        value={stage}
        onChange={(next) => change({ stage: next })}
      />
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      <p className="help">
        {t("role")} <Link href={settingsAt("me")}>{t("roleGo")}</Link>
      </p>
      {stage === undefined ? null : <Places title={t("offered")} places={offersFor(role, stage)} />}
      {groupIds.map((group) => (
        <Places key={group} title={t(`groups.${group}`)} places={groups[group]} />
      ))}
    </div>
  );
};

type PlacesProps = { readonly title: string; readonly places: readonly PlaceId[] };

const Places = ({ title, places }: PlacesProps) => (
  <section>
    <h2 className="month">{title}</h2>
    <ul className="lines begin-places">
      {places.map((place) => (
        <PlaceLine key={place} place={place} />
      ))}
    </ul>
  </section>
);
