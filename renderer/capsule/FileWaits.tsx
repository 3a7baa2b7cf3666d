import { useTranslation } from "react-i18next";
import { Link } from "wouter";

/** Before the journal is open: that there is a file, and what comes first. Neither its name nor what is in it. */
export const FileWaits = ({ until }: { readonly until: "unlocked" | "begun" | undefined }) => {
  const { t } = useTranslation("capsule");
  return (
    <p className="quiet-state file-waits" role="status">
      {until === undefined ? "" : t(`opened.${until}`)}
    </p>
  );
};

/** For who is in the middle of something that leaving would end. */
export const FileWaitsNotice = () => {
  const { t } = useTranslation("capsule");
  return (
    <div className="notice" role="status">
      <p>{t("opened.waits")}</p>
      <Link className="btn" href="/capsule">
        {t("opened.go")}
      </Link>
    </div>
  );
};
