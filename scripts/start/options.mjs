// What a person may write after `npm start --`.

export const help = `npm start                       opens Twofold
npm start -- --profile NAME     keeps several people on one computer apart (a-z, 0-9 and -)
npm start -- --lan              lets a second computer on your network meet this one
npm start -- --browser          opens it in a browser window even where Electron is there
npm start -- --no-open          only serves the page, opens nothing`;

/**
 * @typedef {object} StartOptions
 * @property {string} profile
 * @property {boolean} browser
 * @property {boolean} lan
 * @property {boolean} open
 * @property {boolean} help
 */

const profileNames = /^[a-z0-9-]{1,32}$/;

/**
 * @param {readonly string[]} words
 * @returns {{ok: true, value: StartOptions} | {ok: false, sentence: string}}
 */
export const readOptions = (words) => {
  const options = { profile: "default", browser: false, lan: false, open: true, help: false };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--profile") options.profile = rest.shift() ?? "";
    else if (word.startsWith("--profile=")) options.profile = word.slice("--profile=".length);
    else if (word === "--browser") options.browser = true;
    else if (word === "--lan") options.lan = true;
    else if (word === "--no-open") options.open = false;
    else if (word === "--help" || word === "-h") options.help = true;
    else return { ok: false, sentence: `Twofold does not know "${word}". It knows:\n${help}` };
  }
  if (!profileNames.test(options.profile))
    return {
      ok: false,
      sentence: "A profile name is 1 to 32 small letters, digits and hyphens, like: alex-2",
    };
  return { ok: true, value: options };
};
