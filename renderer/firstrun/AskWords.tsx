import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { systemRandom } from "../../shared/base/random.ts";
import { Field } from "../ui/Field.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { pickPlaces } from "./pickPlaces.ts";

type AskWordsProps = {
  readonly words: readonly string[];
  readonly onAgain: () => void;
  readonly onDone: () => void;
};

export const AskWords = ({ words, onAgain, onDone }: AskWordsProps) => {
  const { t } = useTranslation("firstRun");
  const [places] = useState(() => pickPlaces(systemRandom, words.length, 3));
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [tried, setTried] = useState(false);
  const fits = (place: number) => (typed[place] ?? "").trim().toLowerCase() === words[place];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (places.every(fits)) onDone();
  };
  return (
    <form className="form" onSubmit={submit}>
      <PageTitle>{t("ask.title")}</PageTitle>
      <p>{t("ask.lead")}</p>
      {places.map((place) => (
        <Field
          key={place}
          label={t("ask.word", { place: place + 1 })}
          value={typed[place] ?? ""}
          onChange={(word) => {
            setTried(false);
            setTyped({ ...typed, [place]: word });
          }}
          plain
          wrong={tried && !fits(place) ? t("ask.wrong", { place: place + 1 }) : undefined}
        />
      ))}
      <div className="row">
        <Button className="btn primary" type="submit">
          {t("ask.check")}
        </Button>
        <Button className="btn quiet" onPress={onAgain}>
          {t("ask.again")}
        </Button>
      </div>
    </form>
  );
};
