import { useTranslation } from "react-i18next";

/** Twofold cannot run in this window; what is safe, and what to do. */
export const NotHere = ({ why }: { readonly why: "taken" | "notStarted" }) => {
  const { t } = useTranslation();
  return (
    <main className="outside-sheet alone">
      <h1>{t(`${why}.title`)}</h1>
      <p>{t(`${why}.text`)}</p>
      <p>{t(`${why}.next`)}</p>
    </main>
  );
};
