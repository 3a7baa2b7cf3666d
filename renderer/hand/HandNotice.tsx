import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import type { Hand } from "../../shared/page/hands.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { SayBack } from "./SayBack.tsx";

/**
 * What the other asks for now, and what was said back to what I ask for: on every place but Today, which shows it whole,
 * until it is over or its reader puts it away. Nothing of that is told to anybody.
 */
export const HandNotice = ({ onToday }: { readonly onToday: boolean }) => {
  const { t } = useTranslation("hand");
  const { mine, theirs } = useLive(useJournal().hands);
  const names = usePartnerName();
  const [away, setAway] = useState<ReadonlySet<PageId>>(new Set());
  const putAway = (page: PageId) => setAway(new Set([...away, page]));
  const back = mine?.back;
  if (onToday) return null;
  return (
    <>
      {theirs === undefined || away.has(theirs.card.id) ? null : (
        <Asked key={theirs.card.id} hand={theirs} onAway={() => putAway(theirs.card.id)} />
      )}
      {back === undefined || away.has(back.card.id) ? null : (
        <Notice onAway={() => putAway(back.card.id)}>
          <bdi>{t("answer.theySaid", { ...names, words: back.line })}</bdi>
        </Notice>
      )}
    </>
  );
};

const Asked = ({ hand, onAway }: { readonly hand: Hand; readonly onAway: () => void }) => {
  const { t } = useTranslation("hand");
  const names = usePartnerName();
  const ended = useEnded();
  const [answering, setAnswering] = useState(false);
  return (
    <>
      <Notice
        onAway={onAway}
        act={
          ended ? null : (
            <Button className="btn" onPress={() => setAnswering(true)}>
              {t(hand.back === undefined ? "answer.do" : "answer.again")}
            </Button>
          )
        }
      >
        {t("asks", { ...names, words: t(`needs.${hand.need}`) })}
        {hand.line === undefined ? null : (
          <span className="hand-line" dir="auto">
            {hand.line}
          </span>
        )}
      </Notice>
      <SayBack hand={hand} open={answering} onClose={() => setAnswering(false)} />
    </>
  );
};

type NoticeProps = {
  readonly act?: ReactNode;
  readonly onAway: () => void;
  readonly children: ReactNode;
};

const Notice = ({ act, onAway, children }: NoticeProps) => {
  const { t } = useTranslation("hand");
  return (
    <div className="notice hand-notice" role="status">
      <p>{children}</p>
      <div className="row">
        {act}
        <Button className="btn quiet" onPress={onAway}>
          {t("away")}
        </Button>
      </div>
    </div>
  );
};
