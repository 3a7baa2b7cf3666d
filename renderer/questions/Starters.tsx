import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel } from "react-aria-components";

const starters = ["when", "understand", "back", "know", "hear", "afraid"] as const;

type StartersProps = {
  /** Undefined until the editor is there. */
  readonly begin: ((text: string) => void) | undefined;
};

/** Ways to begin that speak of oneself; taken or left. */
export const Starters = ({ begin }: StartersProps) => {
  const { t } = useTranslation("ask");
  return (
    <Disclosure className="folded">
      <Button slot="trigger" className="btn quiet fold-do">
        {t("starters.title")}
      </Button>
      <DisclosurePanel className="folded-panel">
        <p className="help">{t("starters.text")}</p>
        <ul className="starters">
          {starters.map((starter) => (
            <li key={starter}>
              <Button
                className="btn starter-words"
                isDisabled={begin === undefined}
                onPress={() => begin?.(t(`starters.${starter}`))}
              >
                {t(`starters.${starter}`)}
              </Button>
            </li>
          ))}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
};
