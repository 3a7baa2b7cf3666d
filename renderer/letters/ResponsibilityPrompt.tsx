import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Label, TextArea, TextField } from "react-aria-components";
import { keptFromTheBrowser } from "../ui/keptFromTheBrowser.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";

type ResponsibilityPromptProps = {
  readonly busy: boolean;
  readonly trouble: ReactNode;
  readonly onReady: () => void;
  readonly onLeave: () => void;
};

/** "Are you sorry for you, or for them?", before the first word. What is typed here goes with the screen. */
export const ResponsibilityPrompt = (props: ResponsibilityPromptProps) => {
  const { t } = useTranslation("letters");
  const names = usePartnerName();
  return (
    <article className="form measured">
      <PageTitle>{t("prompt.title")}</PageTitle>
      <div className="reading">
        <p>{t("prompt.regret")}</p>
        <p>{t("prompt.remorse", names)}</p>
        <p>{t("prompt.both")}</p>
      </div>
      <section className="stack" aria-label={t("prompt.thinking")}>
        <p className="note">{t("prompt.notKept")}</p>
        <ThinkingLine label={t("prompt.forMe")} />
        <ThinkingLine label={t("prompt.forThem", names)} />
      </section>
      {props.trouble}
      <div className="row">
        <TaskButton className="btn primary" busy={props.busy} onPress={props.onReady}>
          {t("prompt.ready")}
        </TaskButton>
        <Button className="btn quiet" onPress={props.onLeave}>
          {t("notNow")}
        </Button>
      </div>
    </article>
  );
};

const ThinkingLine = ({ label }: { readonly label: string }) => {
  const [thought, setThought] = useState("");
  return (
    <TextField className="field" value={thought} onChange={setThought}>
      <Label>{label}</Label>
      <TextArea
        className="input"
        rows={2}
        dir="auto"
        autoComplete="off"
        {...keptFromTheBrowser.field}
      />
    </TextField>
  );
};
