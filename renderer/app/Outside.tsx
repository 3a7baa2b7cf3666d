import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SteadyButton } from "../steady/SteadyButton.tsx";
import { StepOut } from "../ui/StepOut.tsx";
import { Emblem } from "./Emblem.tsx";

/** The frame of every screen before the journal is open: one sheet, and the way out. */
export const Outside = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  return (
    <div className="outside">
      <header className="outside-top">
        <span className="brand">
          <Emblem />
          {t("name")}
        </span>
        <span className="row">
          <SteadyButton />
          <StepOut />
        </span>
      </header>
      <main className="outside-sheet">{children}</main>
    </div>
  );
};

/** A moment of waiting, said in words. */
export const Quiet = ({ text }: { readonly text: string }) => (
  <main className="quiet-screen">
    <p role="status">{text}</p>
  </main>
);
