import { useTranslation } from "react-i18next";
import { Button, FileTrigger } from "react-aria-components";

type ChosenBackupProps = {
  readonly file: File | undefined;
  readonly onChoose: (files: FileList | null) => void;
  /** Where another button is the screen's first. */
  readonly quiet?: boolean;
};

/** The file that is to be brought back. Any can be chosen: what it is, is read from its bytes. */
export const ChosenBackup = ({ file, onChoose, quiet = false }: ChosenBackupProps) => {
  const { t } = useTranslation("backup");
  return (
    <div className="stack">
      {file === undefined ? null : (
        <p role="status" className="chosen-file">
          {t("restore.chosen", { name: file.name })}
        </p>
      )}
      <div>
        <FileTrigger onSelect={onChoose}>
          <Button className={file === undefined && !quiet ? "btn primary" : "btn"}>
            {t(file === undefined ? "restore.choose" : "restore.other")}
          </Button>
        </FileTrigger>
      </div>
    </div>
  );
};
