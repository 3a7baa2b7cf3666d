import { useTranslation } from "react-i18next";
import type { Card } from "../../shared/page/card.ts";
import { type Rhythm, rhythms, saidOf } from "../../shared/page/said.ts";
import { Choice } from "../ui/Choice.tsx";
import { DayField } from "../ui/DayField.tsx";
import { DraftDesk } from "../ui/DraftDesk.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDescribe } from "../ui/useDescribe.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTogetherWords } from "./useTogetherWords.ts";

/** Something to do together that is only here yet. */
export const TogetherEditor = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const words = useTogetherWords();
  const { day, rhythm = "once" } = saidOf("together", draft.said) ?? {};
  const when = words.when({ day, rhythm, next: day });
  return (
    <DraftDesk
      draft={draft}
      texts={{
        title: t("together.editor.title"),
        intro: t("together.editor.intro", names),
        body: t("together.editor.body"),
        button: t("together.send.button"),
        confirm: t("together.send.confirm", names),
        note: t("together.send.note", names),
      }}
      titled
      fields={<When draft={draft} />}
      says={when === "" ? undefined : <p className="help">{when}</p>}
      to={(shared) => `/us/together/${shared}`}
      back="/us/together"
    />
  );
};

const When = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("us");
  const { code, describe } = useDescribe(draft.id);
  const { day, rhythm = "once" } = saidOf("together", draft.said) ?? {};
  return (
    <>
      <DayField
        label={t(rhythm === "once" ? "together.day" : "together.firstDay")}
        help={t("together.dayHelp")}
        value={day}
        onChange={(next) => describe({ kind: "together", day: next })}
      />
      <Choice<Rhythm>
        across
        label={t("together.howOften")}
        options={rhythms.map((value) => ({ value, label: t(`together.rhythm.${value}`) }))}
        value={rhythm}
        onChange={(next) => describe({ kind: "together", rhythm: next })}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </>
  );
};
