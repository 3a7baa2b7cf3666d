import { useTranslation } from "react-i18next";
import type { Card } from "../../shared/page/card.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { DraftDesk } from "./DraftDesk.tsx";
import type { DeskInHand } from "./useDeskInHand.ts";

type ChangeDeskProps = {
  /** The answer of mine whose words are being changed, and the private copy in which they are. */
  readonly card: Card;
  readonly draft: Card;
  readonly hand: DeskInHand;
};

/** My own answer, changed in the open: the earlier words stay readable to both. */
export const ChangeDesk = ({ card, draft, hand }: ChangeDeskProps) => {
  const { t } = useTranslation(["questions", "journal"]);
  const names = usePartnerName();
  return (
    <DraftDesk
      level={3}
      draft={draft.id}
      texts={{
        heading: t("change.heading"),
        body: t("change.body"),
        send: t("change.send"),
        preview: t("answer.preview", names),
        confirm: t("change.confirm"),
        sending: t("change.sending"),
        note: `${t("change.kept")} ${t("journal:share.note", names)}`,
        discardTitle: t("change.discardTitle"),
        discard: t("change.discard"),
      }}
      autoFocus={hand.begun}
      lead={<p className="note">{t("change.kept")}</p>}
      onSent={(page) => hand.putDown(t("thread.changedNow"), page)}
      onDiscarded={() => hand.putDown(t("answer.discarded"), card.id)}
    />
  );
};
