import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { OwnPage } from "./OwnPage.tsx";

export const CuePage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("forMe");
  return (
    <OwnPage id={id} kind="cue" base="/for-me/cues" heading={t("cues.heading")}>
      {(page) => (
        <>
          <TitleField page={page} label={t("cues.titleLabel")} placeholder={t("cues.titlePlace")} />
          <LazyPageEditor body={page.body} label={t("cues.body")} />
        </>
      )}
    </OwnPage>
  );
};
