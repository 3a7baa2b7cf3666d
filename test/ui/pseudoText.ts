import type { i18n, PostProcessorModule } from "i18next";

/** For each Latin letter one that is written from right to left. */
const letters = "אבגדהוזחטיכלמנסעפצקרשתאבגד";

/** Outside of tags, which stand in a sentence for links and the like. */
const toPseudo = (text: string): string =>
  text
    .split(/(<[^>]*>)/)
    .map((part) =>
      part.startsWith("<")
        ? part
        : part.replaceAll(
            /[a-z]/gi,
            (letter) => letters[letter.toLowerCase().charCodeAt(0) - 97] ?? "",
          ),
    )
    .join("");

const pseudo: PostProcessorModule = {
  type: "postProcessor",
  name: "pseudo",
  // A name for the browser, and not for anybody who reads.
  process: (value, key) =>
    [key].flat().some((one) => one.endsWith("dates.locale")) ? value : toPseudo(value),
};

/** Every sentence of the tables from right to left: what stays in Latin letters is somebody's words, or was forgotten. */
export const readPseudo = (texts: i18n): void => {
  texts.use(pseudo);
  texts.options.postProcess = ["pseudo"];
  document.documentElement.lang = "he";
  document.documentElement.dir = "rtl";
};
