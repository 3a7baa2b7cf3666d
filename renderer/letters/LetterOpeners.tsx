import { useTranslation } from "react-i18next";
import type { LetterKind } from "../../shared/page/card.ts";
import { Openers } from "../ui/editor/Openers.tsx";
import type { Pen } from "../ui/editor/pen.ts";

type LetterOpenersProps = {
  readonly kind: LetterKind;
  /** Undefined until the editor is there. */
  readonly pen: Pen | undefined;
};

/** Words to begin with. They go where the cursor is, as if typed, and are gone on with there. */
export const LetterOpeners = ({ kind, pen }: LetterOpenersProps) => {
  const { t } = useTranslation("letters");
  const texts =
    kind === "impact"
      ? (["when", "feel", "miss", "need"] as const).map((each) => t(`openers.impact.${each}`))
      : (["did", "chose", "saw", "now"] as const).map((each) =>
          t(`openers.responsibility.${each}`),
        );
  const hardest = t("openers.hardest");
  return (
    <Openers
      label={t("openers.label")}
      ready={pen !== undefined}
      openers={[
        ...texts.map((text) => ({
          says: `${text} …`,
          write: () => pen?.beginAtCursor(`${text} `),
        })),
        ...(kind === "responsibility"
          ? [{ says: hardest, write: () => pen?.headAtEnd(hardest, 2) }]
          : []),
      ]}
    />
  );
};
