/** What a Linux desktop makes of a line that names a program: the string's escapes, the quotes, the field codes. */
export const readExec = (line: string): readonly string[] =>
  splitWords(unescapeString(line.replace(/^Exec=/, ""))).map(readFields);

const escapes: Readonly<Record<string, string>> = { s: " ", n: "\n", r: "\r", t: "\t", "\\": "\\" };

const unescapeString = (text: string): string =>
  text.replaceAll(/\\(.)/gsu, (whole, sign: string) => escapes[sign] ?? whole);

const splitWords = (text: string): readonly string[] => {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (quoted && sign === "\\") word = (word ?? "") + (text[++at] ?? "");
    else if (sign === '"') {
      quoted = !quoted;
      word ??= "";
    } else if (sign === " " && !quoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (!quoted && /[\t\n'\\><~|&;$*?#()`]/.test(sign)) {
      throw new Error(`a sign that must stand in quotes: ${sign}`);
    } else word = (word ?? "") + sign;
  }
  if (quoted) throw new Error("a quote is open");
  return word === undefined ? words : [...words, word];
};

const readFields = (word: string): string =>
  word.replaceAll(/%(.?)/gsu, (_whole, code: string) => {
    if (code !== "%") throw new Error(`a field code: ${code}`);
    return "%";
  });
