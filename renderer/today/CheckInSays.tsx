import { useTranslation } from "react-i18next";
import type { CheckIn } from "../../shared/page/checkins.ts";

/** What one says beside its words; the same for its writer and its reader. */
export const CheckInSays = ({ checkIn }: { readonly checkIn: CheckIn }) => {
  const { t } = useTranslation("today");
  const { card, feelings, need, thanks } = checkIn;
  if (feelings.length === 0 && need === undefined && thanks === undefined) return null;
  return (
    <dl className="marks">
      {feelings.length === 0 ? null : (
        <div>
          <dt>{t("checkin.says.feelings")}</dt>
          <dd>
            <ul className="tags">
              {feelings.map((word) => (
                <li
                  key={word}
                  className={`tag ${card.author === "me" ? "mine" : "theirs"}`}
                  dir="auto"
                >
                  {word}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
      {need === undefined ? null : (
        <div>
          <dt>{t("checkin.says.need")}</dt>
          <dd dir="auto">{need}</dd>
        </div>
      )}
      {thanks === undefined ? null : (
        <div>
          <dt>{t("checkin.says.thanks")}</dt>
          <dd dir="auto">{thanks}</dd>
        </div>
      )}
    </dl>
  );
};
