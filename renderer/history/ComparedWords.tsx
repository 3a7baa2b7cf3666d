import { useTranslation } from "react-i18next";
import { PhotoToRead } from "../ui/photos/PhotoToRead.tsx";
import type { ComparedLine, Run } from "./compare.ts";

/** The words of a version with what changed: added ones underlined, those taken away struck through, both said. */
export const ComparedWords = ({ compared }: { readonly compared: readonly ComparedLine[] }) => (
  <div className="words compared" dir="auto">
    {compared.map((each, index) => (
      // Lines have no names of their own; their order is all they have.
      <OneLine key={index} compared={each} />
    ))}
  </div>
);

const OneLine = ({ compared }: { readonly compared: ComparedLine }) => {
  const { t } = useTranslation("history");
  const { change, line, before, runs } = compared;
  if (line.photo !== undefined)
    return (
      <div className="compared-photo" data-change={change}>
        <p className="compared-says">{t(`photo.${change}`)}</p>
        <PhotoToRead photo={line.photo} />
      </div>
    );
  if (line.shape === "rule")
    return (
      <div className="compared-rule" data-change={change}>
        {change === "added" || change === "removed" ? (
          <p className="compared-says">{t(`line.${change}`)}</p>
        ) : null}
        <hr />
      </div>
    );
  const moved = before !== undefined && before.shape !== line.shape;
  return (
    <p data-shape={line.shape} dir="auto">
      {line.shape === "task" || line.shape === "ticked" ? (
        <span className="compared-says">{t(line.shape)} </span>
      ) : null}
      <Runs runs={runs} />
      {moved ? <span className="compared-says"> ({t("otherwise")})</span> : null}
    </p>
  );
};

/** Runs of one line, in order; spoken as what they are. */
export const Runs = ({ runs }: { readonly runs: readonly Run[] }) =>
  runs.map((run, index) => <OneRun key={index} run={run} />);

const OneRun = ({ run: { change, text } }: { readonly run: Run }) => {
  const { t } = useTranslation("history");
  if (change === "same") return <span>{text}</span>;
  const inside = (
    <>
      <span className="for-readers">{t(change)} </span>
      {text}
      <span className="for-readers"> {t("until")} </span>
    </>
  );
  return change === "added" ? <ins>{inside}</ins> : <del>{inside}</del>;
};
