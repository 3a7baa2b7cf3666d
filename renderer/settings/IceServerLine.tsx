import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IceServer, ServerAnswer } from "../../shared/journal/journal.ts";
import { useJournal } from "../ui/surroundings.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Removable } from "./Removable.tsx";

type IceServerLineProps = { readonly server: IceServer; readonly onRemove: () => void };

/** One server: tried when somebody asks, and never by itself. */
export const IceServerLine = ({ server, onRemove }: IceServerLineProps) => {
  const { t } = useTranslation("settings");
  const { tryServer } = useJournal();
  const [answer, setAnswer] = useState<ServerAnswer | "trying">();
  const ask = async () => {
    if (answer === "trying") return;
    setAnswer("trying");
    setAnswer(await tryServer(server));
  };
  return (
    <Removable address={server.url} onRemove={onRemove}>
      <TaskButton
        className="btn quiet"
        aria-label={t("ice.tryNamed", { address: server.url })}
        busy={answer === "trying"}
        onPress={() => void ask()}
      >
        {t("ice.try")}
      </TaskButton>
      <p className="answer" role="status">
        {answer === undefined ? null : t(`ice.${answer}`)}
      </p>
    </Removable>
  );
};
