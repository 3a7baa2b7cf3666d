import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Emblem } from "./Emblem.tsx";

/** The frame of every screen before the journal is open: one sheet, and the way out. */
export const Outside = ({ children, onStepOut }: { readonly children: ReactNode; readonly onStepOut: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className="outside">
      <header className="outside-top">
        <span className="brand">
          <Emblem />
          {t("name")}
        </span>
        <StepOut onPress={onStepOut} />
      </header>
      <main className="outside-sheet">{children}</main>
    </div>
  );
};

export const StepOut = ({ onPress }: { readonly onPress: () => void }) => {
  const { t } = useTranslation();
  return (
    <Button className="btn" onPress={onPress} aria-keyshortcuts="Escape Escape">
      {t("stepOut")}
      <kbd>{t("stepOutKeys")}</kbd>
    </Button>
  );
};

/** A moment of waiting, said in words. */
export const Quiet = ({ text }: { readonly text: string }) => (
  <main className="quiet-screen">
    <p role="status">{text}</p>
  </main>
);
