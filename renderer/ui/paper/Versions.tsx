import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { PageId } from "../../../shared/base/ids.ts";
import type { History, Version } from "../../../shared/journal/openPage.ts";
import { WordsOfPage } from "../editor/WordsOfPage.tsx";
import { useJournal } from "../surroundings.ts";
import { Trouble } from "../Trouble.tsx";
import { useDates } from "../useDates.ts";
import { useHistory } from "../useHistory.ts";

type VersionsProps = { readonly page: PageId; readonly changedAt: number };

/** The words as they stood, newest first; the ones just before today's lie open. */
export const Versions = ({ page, changedAt }: VersionsProps) => {
  const { t } = useTranslation(["closed", "app"]);
  const { openHistory } = useJournal();
  const reading = useHistory(openHistory, page, changedAt);
  if (reading.state === "opening")
    return (
      <p className="quiet-state" role="status">
        {t("app:loading")}
      </p>
    );
  if (reading.state === "refused") return <Trouble group="page" code={reading.code} />;
  const { versions } = reading.history;
  if (versions.length < 2) return <p>{t("changed.nothingEarlier")}</p>;
  return (
    <ul className="versions" aria-label={t("changed.list")}>
      {versions
        .map((version, index) => (
          <li key={index}>
            <OneVersion
              version={version}
              photos={reading.history.photos}
              now={index === versions.length - 1}
              open={index === versions.length - 2}
            />
          </li>
        ))
        .toReversed()}
    </ul>
  );
};

type OneVersionProps = {
  readonly version: Version;
  readonly photos: History["photos"];
  readonly now: boolean;
  readonly open: boolean;
};

const OneVersion = ({ version, photos, now, open: openFirst }: OneVersionProps) => {
  const { t } = useTranslation(["closed", "app"]);
  const dates = useDates();
  const [open, setOpen] = useState(openFirst);
  const when = dates.moment(version.writtenAt);
  return (
    <Disclosure className="letter old" isExpanded={open} onExpandedChange={setOpen}>
      <Heading level={3} className="slip-heading">
        <Button slot="trigger" className="slip">
          <span>{now ? t("changed.now", { when }) : t("changed.before", { when })}</span>
          <span className="slip-do">{open ? t("changed.fold") : t("changed.unfold")}</span>
        </Button>
      </Heading>
      <DisclosurePanel className="slip-panel">
        {open ? (
          <div className="version">
            {version.dateDoubtful ? <p className="help">{t("app:dates.doubtful")}</p> : null}
            {version.title === "" ? null : <h4 dir="auto">{version.title}</h4>}
            <WordsOfPage body={version.body} photos={photos} />
          </div>
        ) : null}
      </DisclosurePanel>
    </Disclosure>
  );
};
