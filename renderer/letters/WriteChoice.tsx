import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/Sheet.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { type WriteKind, writeKinds } from "./papers.ts";

type WriteChoiceProps = {
  readonly open: boolean;
  /** My disclosure went out: what comes later is an addition. */
  readonly delivered: boolean;
  readonly onChosen: (kind: WriteKind) => void;
  readonly onClose: () => void;
};

/** Four things that can be written here. Both people have all of them. */
export const WriteChoice = ({ open, delivered, onChosen, onClose }: WriteChoiceProps) => {
  const { t } = useTranslation("letters");
  const left = delivered ? "disclosure" : "addition";
  return (
    <Sheet title={t("write.title")} open={open} onClose={onClose}>
      <ul className="write-choices">
        {writeKinds
          .filter((kind) => kind !== left)
          .map((kind) => (
            <Choose key={kind} kind={kind} onChosen={onChosen} />
          ))}
      </ul>
    </Sheet>
  );
};

type ChooseProps = Pick<WriteChoiceProps, "onChosen"> & { readonly kind: WriteKind };

/** The whole slip can be pressed; its name is the button's, and the sentence describes it. */
const Choose = ({ kind, onChosen }: ChooseProps) => {
  const { t } = useTranslation("letters");
  const names = usePartnerName();
  const help = useId();
  return (
    <li className="write-choice">
      <Button className="write-choice-name" aria-describedby={help} onPress={() => onChosen(kind)}>
        {t(`write.${kind}.name`)}
      </Button>
      <p id={help} className="help">
        {t(`write.${kind}.help`, names)}
      </p>
    </li>
  );
};
