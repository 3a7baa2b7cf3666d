import { useEffect, useState } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Result } from "../../shared/base/result.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { type Licence, readLicences } from "./readLicences.ts";
import { settingsAt } from "../settings/parts.ts";

/** Whose work this is, and on what terms. */
export const LicencesPage = () => {
  const { t } = useTranslation("licences");
  const { kind } = useSurroundings().bridge.shell;
  const list = useLicences();
  return (
    <div className="stack measured licences">
      <BackLink to={settingsAt("about")}>{t("back")}</BackLink>
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("own")}</p>
      <p>{t("others")}</p>
      <p>{t("words")}</p>
      {kind === "electron" ? <p>{t("electron")}</p> : null}
      <h2>{t("list")}</h2>
      <p role="status" className={list?.ok === true ? "licences-read" : undefined}>
        {list === undefined ? t("reading") : list.ok ? null : t("gone")}
      </p>
      {list?.ok === true ? <LicenceList all={list.value} /> : null}
    </div>
  );
};

const useLicences = (): Result<readonly Licence[], "GONE"> | undefined => {
  const [list, setList] = useState<Result<readonly Licence[], "GONE">>();
  useEffect(() => {
    let wanted = true;
    void readLicences().then((read) => {
      if (wanted) setList(read);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return list;
};

const LicenceList = ({ all }: { readonly all: readonly Licence[] }) => (
  <ul className="licence-list">
    {all.map((one) => (
      <li key={`${one.name} ${one.version}`}>
        <LicenceLine {...one} />
      </li>
    ))}
  </ul>
);

const LicenceLine = ({ name, version, licence, text }: Licence) => {
  const { t } = useTranslation("licences");
  const [open, setOpen] = useState(false);
  return (
    <Disclosure isExpanded={open} onExpandedChange={setOpen}>
      <Heading level={3} className="licence-name">
        <Button slot="trigger" className="btn quiet fold-do">
          {t("line", { name, version, licence })}
        </Button>
      </Heading>
      {/* A quarter of a megabyte of terms: what is not open is not laid out. */}
      <DisclosurePanel>
        {open ? (
          <p className="licence-text" lang="en" dir="ltr">
            {text}
          </p>
        ) : null}
      </DisclosurePanel>
    </Disclosure>
  );
};
