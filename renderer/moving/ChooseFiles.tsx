import { useTranslation } from "react-i18next";
import { Button, DropZone, FileTrigger } from "react-aria-components";
import type { ArchiveCode } from "../../shared/archive/archive.ts";
import type { ChosenFile } from "../../shared/archive/archivedFile.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { fromDrop, fromField } from "./chosenFiles.ts";

const kinds = [".zip", ".md", ".markdown", ".txt", ".text", ".json"];

type ChooseFilesProps = {
  readonly code: ArchiveCode | undefined;
  readonly onChoose: (files: Promise<readonly ChosenFile[]> | readonly ChosenFile[]) => void;
};

/** Two buttons, or a drop. What can be taken, and how it is got out of the other app, is said beside them. */
export const ChooseFiles = ({ code, onChoose }: ChooseFilesProps) => {
  const { t } = useTranslation("moving");
  const take = (files: FileList | null): void => {
    if (files !== null && files.length > 0) onChoose(fromField(files));
  };
  return (
    <>
      <p className="lead">{t("choose.lead")}</p>
      {code === undefined ? null : <Trouble group="moving" code={code} />}
      <DropZone
        className="drop-zone"
        aria-label={t("choose.drop")}
        getDropOperation={() => "copy"}
        onDrop={({ items }) => onChoose(fromDrop(items))}
      >
        <div className="row">
          <FileTrigger allowsMultiple acceptedFileTypes={kinds} onSelect={take}>
            <Button className="btn primary">{t("choose.files")}</Button>
          </FileTrigger>
          <FileTrigger acceptDirectory onSelect={take}>
            <Button className="btn">{t("choose.folder")}</Button>
          </FileTrigger>
        </div>
        <p className="help">{t("choose.dropHelp")}</p>
      </DropZone>
      <section className="stack">
        <h2>{t("choose.whatHeading")}</h2>
        <dl className="what-comes">
          <dt>{t("choose.dayOne")}</dt>
          <dd>{t("choose.dayOneHow")}</dd>
          <dt>{t("choose.markdown")}</dt>
          <dd>{t("choose.markdownHow")}</dd>
          <dt>{t("choose.plain")}</dt>
          <dd>{t("choose.plainHow")}</dd>
        </dl>
      </section>
    </>
  );
};
