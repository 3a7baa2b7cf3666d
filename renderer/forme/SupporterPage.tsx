import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { longestLine, saidOf } from "../../shared/page/said.ts";
import { Field } from "../ui/Field.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useKeptText } from "../ui/useKeptText.ts";
import { OwnPage } from "./OwnPage.tsx";

export const SupporterPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("forMe");
  return (
    <OwnPage id={id} kind="supporter" base="/for-me/people" heading={t("people.heading")}>
      {(page, card) => (
        <>
          <NameField page={page} />
          <LineField card={card} name="reach" />
          <LineField card={card} name="line" />
        </>
      )}
    </OwnPage>
  );
};

const NameField = ({ page }: { readonly page: OpenPage }) => {
  const { t } = useTranslation("forMe");
  const [name, setName] = useState(() => page.card.read().title);
  return (
    <Field
      label={t("people.name")}
      value={name}
      onChange={(typed) => {
        setName(typed);
        page.setTitle(typed);
      }}
    />
  );
};

const LineField = ({ card, name }: { readonly card: Card; readonly name: "reach" | "line" }) => {
  const { t } = useTranslation("forMe");
  const { describePractice } = useJournal();
  const { id } = card;
  const keep = useCallback(
    (text: string) =>
      describePractice(id, { kind: "supporter", [name]: text.trim() === "" ? undefined : text }),
    [describePractice, id, name],
  );
  const { text, change, settled, code } = useKeptText(
    saidOf("supporter", card.said)?.[name] ?? "",
    keep,
  );
  return (
    <div onBlur={() => void settled()}>
      <Field
        label={t(`people.${name}`)}
        help={t(`people.${name}Help`)}
        value={text}
        onChange={(typed) => change(typed.slice(0, longestLine))}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};
