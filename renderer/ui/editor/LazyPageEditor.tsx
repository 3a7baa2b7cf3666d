import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { PageEditorProps } from "./PageEditor.tsx";

const PageEditor = lazy(async () => ({ default: (await import("./PageEditor.tsx")).PageEditor }));

/** The editor is the largest part of Twofold; it comes when somebody writes. */
export const LazyPageEditor = (props: PageEditorProps) => {
  const { t } = useTranslation("journal");
  return (
    <Suspense fallback={<p className="quiet-state">{t("editor.opening")}</p>}>
      <PageEditor {...props} />
    </Suspense>
  );
};
