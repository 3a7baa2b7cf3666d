import { useTranslation } from "react-i18next";

/** What is offered, in hours: none, a day, three days, a week. */
export const pauses = [0, 24, 72, 168] as const;

/** "a day", "three days"; another Twofold may have chosen another pause. */
export const usePauseWords = (): ((hours: number) => string) => {
  const { t } = useTranslation("letters");
  return (hours) =>
    hours === 24 || hours === 72 || hours === 168
      ? t(`pause.${hours}`)
      : t("pause.hours", { hours });
};
