import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Checkbox } from "react-aria-components";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { LegalNote, SafetyNote } from "./DisclosureNotes.tsx";

type DisclosureCheckProps = {
  readonly busy: boolean;
  readonly trouble: ReactNode;
  readonly onBegin: () => void;
  readonly onLeave: () => void;
};

/** Two calm screens before a disclosure is begun (PRODUCT, safety 15). Nothing of them is kept. */
export const DisclosureCheck = (props: DisclosureCheckProps) => {
  const [safe, setSafe] = useState(false);
  return safe ? (
    <Legal {...props} />
  ) : (
    <Safety onOn={() => setSafe(true)} onLeave={props.onLeave} />
  );
};

const Safety = ({ onOn, onLeave }: { readonly onOn: () => void; readonly onLeave: () => void }) => {
  const { t } = useTranslation("letters");
  return (
    <article className="form measured">
      <PageTitle>{t("check.safety")}</PageTitle>
      <SafetyNote />
      <div className="row">
        <Button className="btn primary" onPress={onOn}>
          {t("check.on")}
        </Button>
        <Button className="btn" onPress={onLeave}>
          {t("notNow")}
        </Button>
      </div>
    </article>
  );
};

const Legal = ({ busy, trouble, onBegin, onLeave }: DisclosureCheckProps) => {
  const { t } = useTranslation("letters");
  const [read, setRead] = useState(false);
  return (
    <article className="form measured">
      <PageTitle>{t("check.legal")}</PageTitle>
      <LegalNote />
      <Checkbox className="tick" isSelected={read} onChange={setRead}>
        <span className="tick-box" aria-hidden="true">
          <svg viewBox="0 0 20 20" className="mark-drawn">
            <path d="M5 10.5l3.5 3.5L15 6.5" />
          </svg>
        </span>
        {t("check.read")}
      </Checkbox>
      {trouble}
      <div className="row">
        <TaskButton className="btn primary" busy={busy} isDisabled={!read} onPress={onBegin}>
          {t("check.begin")}
        </TaskButton>
        <Button className="btn" onPress={onLeave}>
          {t("notNow")}
        </Button>
      </div>
    </article>
  );
};
