import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../ui/Field.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { lineOf, Lines } from "./QuestionLines.tsx";
import type { AskedCard } from "./threads.ts";
import type { LineWords } from "./lineWords.ts";
import { type Parking, useParking } from "./useParking.ts";

type ParkingPlaceProps = {
  readonly drafts: readonly AskedCard[];
  readonly words: LineWords;
};

/** Questions that wait in private until their writer asks them, or lets them be. */
export const ParkingPlace = ({ drafts, words }: ParkingPlaceProps) => {
  const { t } = useTranslation("ask");
  const parking = useParking(drafts);
  const parked = drafts.filter(({ id }) => id !== parking.inHand);
  return (
    <section>
      <h2 className="month">{t("parking.title")}</h2>
      <div className="stack">
        <p className="help">{t("parking.text")}</p>
        <Park parking={parking} />
        {parked.length === 0 ? null : (
          <Lines items={parked} read={(draft) => lineOf(draft, words.ofDraft(draft))} />
        )}
      </div>
    </section>
  );
};

const Park = ({ parking }: { readonly parking: Parking }) => {
  const { t } = useTranslation("ask");
  const park = (event: FormEvent) => {
    event.preventDefault();
    parking.park();
  };
  return (
    <form onSubmit={park} className="park">
      <Field
        label={t("parking.label")}
        help={t("parking.help")}
        value={parking.title}
        onChange={parking.change}
        after={
          <TaskButton className="btn" type="submit" busy={parking.busy}>
            {t("parking.park")}
          </TaskButton>
        }
      />
      <p role="status" className="quiet-state">
        {parking.parked ? t("parking.parked") : ""}
      </p>
      {parking.code === undefined ? null : <Trouble group="page" code={parking.code} />}
    </form>
  );
};
