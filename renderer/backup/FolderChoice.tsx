import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Trouble } from "../ui/Trouble.tsx";
import type { Folder } from "./useFolder.ts";

export const FolderChoice = ({ folder }: { readonly folder: Folder }) => {
  const { t } = useTranslation("backup");
  const { now, task, choose, allow, forget } = folder;
  if (now === undefined) return null;
  if (now.state === "notOffered") return <p>{t("folder.notOffered")}</p>;
  return (
    <div className="stack">
      <p role="status">
        {now.state === "none"
          ? t("folder.none")
          : t(now.state === "ready" ? "folder.kept" : "folder.asks", { name: now.name })}
      </p>
      <div className="row">
        {now.state === "asks" ? (
          <Button className="btn" onPress={() => void allow()}>
            {t("folder.allow")}
          </Button>
        ) : null}
        <Button className="btn" onPress={choose}>
          {t(now.state === "none" ? "folder.choose" : "folder.other")}
        </Button>
        {now.state === "none" ? null : (
          <Button className="btn quiet" onPress={forget}>
            {t("folder.forget")}
          </Button>
        )}
      </div>
      {task.code === undefined ? null : <Trouble group="backup" code={task.code} />}
    </div>
  );
};
