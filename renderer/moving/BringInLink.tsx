import { useTranslation } from "react-i18next";
import { Link } from "wouter";

/** For the lists of the journal and of my room. */
export const BringInLink = ({ base }: { readonly base: string }) => {
  const { t } = useTranslation("moving");
  return (
    <Link className="btn quiet" href={`${base}/bring-in`}>
      {t("link")}
    </Link>
  );
};
