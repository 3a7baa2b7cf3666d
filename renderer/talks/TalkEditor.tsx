import { useTranslation } from "react-i18next";
import type { Card } from "../../shared/page/card.ts";
import { saidOf } from "../../shared/page/said.ts";
import { DraftDesk } from "../ui/DraftDesk.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { TalkFields } from "./TalkFields.tsx";
import { TopicList } from "./TopicList.tsx";
import { useTalkWords } from "./useTalkWords.ts";

/** A time for a talk that is only here yet. */
export const TalkEditor = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("talks");
  const names = usePartnerName();
  const words = useTalkWords();
  const { at, minutes, topics = [] } = saidOf("talk", draft.said) ?? {};
  return (
    <DraftDesk
      draft={draft}
      texts={{
        title: t("editor.title"),
        intro: t("editor.intro", names),
        body: t("editor.body"),
        button: t("send.button"),
        confirm: t("send.confirm", names),
        note: t("send.note", names),
      }}
      fields={<TalkFields draft={draft} />}
      says={
        <>
          <p className="help">{words.when(at, minutes)}</p>
          <TopicList topics={topics} />
        </>
      }
      to={(shared) => `/talks/${shared}`}
      back="/talks"
    />
  );
};
