import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEnded } from "./useEnded.ts";

/** In the place of a way to the partner: what is said before there is one, or that the journal has ended. */
export const NotShared = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation("ending");
  return useEnded() ? <p className="quiet-state">{t("private")}</p> : children;
};
