/**
 * Some letters keep a Markdown reader busy for hours: thousands of stars that never close, quotes within quotes
 * without end. What it would cost is estimated before it is read, in one pass; what would cost too much is kept as
 * plain words. Nothing that a person writes comes near these bounds (test/long/importMarkdownCost.test.ts).
 */
export const isTangled = (text: string): boolean => {
  if (text.length > longestMarkdown) return true;
  let spent = 0;
  let marks = 0;
  let angles = 0;
  let brackets = 0;
  let ticks = 0;
  let letters = 0;
  /** Each that is not closed is looked for to the end of its paragraph. */
  const searched = (): number => (ticks + angles / 4) * letters;
  /** Where the words of the last list item began: what is indented further only goes on with its paragraph. */
  let content = 0;
  const endRun = (): void => {
    spent += marks * marks + searched() + (brackets * brackets) / 4;
    marks = 0;
    angles = 0;
    brackets = 0;
    ticks = 0;
    letters = 0;
  };
  for (const line of text.split(/\r\n?|\n/)) {
    const indent = indentOf(line);
    const rest = line.trimStart();
    if (rest === "") {
      endRun();
      continue;
    }
    const depth = depthOf(rest) + Math.min(indent, deepestLine * 2) / 2;
    if (depth > deepestLine) return true;
    spent += depth * depth * 4 + lineCost;
    if (rest.startsWith("[")) spent += definitionCost;
    if (/^(?:[-+*]|\d{1,9}[.)]|#{1,6})[ \t]/.test(rest) && indent <= content + 3) {
      endRun();
      content = indent + rest.search(/[ \t]/) + 1;
    }
    letters += line.length;
    ticks += rest.match(/`+/g)?.length ?? 0;
    for (const letter of rest) {
      if (letter === "*" || letter === "_") marks += 1;
      else if (letter === "<") angles += 1;
      else if (letter === "&") spent += entityCost;
      else if (letter === "[" || letter === "]" || letter === "(") brackets += 1;
    }
    if (spent + marks * marks + searched() > mostSpent) return true;
  }
  endRun();
  return spent > mostSpent;
};

/** Characters. */
const longestMarkdown = 250_000;
/** Lists and quotes within each other on one line. */
const deepestLine = 60;
/** Each as it was measured, against a pair of marks that have nothing between them. */
const lineCost = 400;
const definitionCost = 1_500;
const entityCost = 600;
/** About two seconds on a slow computer. */
const mostSpent = 8_000_000;

const indentOf = (line: string): number => {
  let indent = 0;
  for (const letter of line) {
    if (letter === " ") indent += 1;
    else if (letter === "\t") indent += 4;
    else break;
  }
  return indent;
};

/** Quotes and list items that this line begins, one within the other. */
const depthOf = (rest: string): number => {
  let depth = 0;
  for (let at = 0; at < rest.length;) {
    const marker = /^(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*/.exec(rest.slice(at, at + 24));
    if (marker === null) break;
    depth += 1;
    at += marker[0].length;
  }
  return depth;
};
