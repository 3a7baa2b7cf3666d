import { useTranslation } from "react-i18next";
import { troubleText } from "../ui/troubleText.ts";
import type { RefusedFile } from "./takeFiles.ts";

/** Beyond so many, only how many more there are is said. */
const namedAtOnce = 12;

/** Each by its name and its reason, said aloud when they appear. */
export const RefusedFiles = ({ refused }: { readonly refused: readonly RefusedFile[] }) => {
  const { t } = useTranslation("capsule");
  const more = refused.length - namedAtOnce;
  return (
    <div className="left-out" role="alert">
      <h3>{t("take.refused")}</h3>
      <ul>
        {refused.slice(0, namedAtOnce).map((file, index) => (
          <OneRefused key={`${index} ${file.name}`} file={file} />
        ))}
      </ul>
      {more > 0 ? <p className="help">{t("take.more", { count: more })}</p> : null}
    </div>
  );
};

const OneRefused = ({ file: { name, code } }: { readonly file: RefusedFile }) => {
  const { i18n } = useTranslation();
  const { happened, safe, next } = troubleText(i18n, "capsule", code);
  return (
    <li>
      <p className="file-name" dir="auto">
        {name}
      </p>
      <p>
        {happened} {safe} {next}
      </p>
    </li>
  );
};
