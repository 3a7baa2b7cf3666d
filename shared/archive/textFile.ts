import { toHex, readUtf8, utf8 } from "../base/bytes.ts";
import { hash } from "../crypto/hash.ts";
import { folderOf, nameOf, type ArchivedFile } from "./archivedFile.ts";
import {
  fitsTitle,
  longestText,
  readText,
  type DraftPart,
  type EntrySource,
} from "./draftEntry.ts";
import { readFrontMatter, noFrontMatter } from "./frontMatter.ts";
import { isMoment, readName } from "./moments.ts";

/** Bytes: every letter may take three. */
const largestText = 3 * longestText;

/** One file, one entry. `find`: another file of what was chosen, by its path. */
export const textEntry = (
  file: ArchivedFile,
  kind: "markdown" | "plain",
  find: (path: string) => ArchivedFile | undefined,
): EntrySource => ({
  where: file.path,
  load: async (notes) => {
    const bytes = await file.read(largestText);
    if (!bytes.ok) return bytes;
    const decoded = decode(bytes.value);
    if (decoded === undefined) return { ok: false, code: "NOT_TEXT" };
    if (decoded.text.length > longestText) return { ok: false, code: "FILE_TOO_LARGE" };
    if (decoded.old) notes.add("OLD_LETTERS", file.path);
    const { front, body, more, untitled, damaged } =
      kind === "plain"
        ? { front: noFrontMatter, body: decoded.text, more: false, untitled: false, damaged: false }
        : readFrontMatter(decoded.text);
    if (more) notes.add("FRONT_MATTER_MORE", file.path);
    if (damaged) notes.add("FRONT_MATTER", file.path);
    const name = readName(nameOf(file.path));
    const read = readText(body, kind, {
      where: file.path,
      notes,
      find: ({ address }) => {
        const path = pathOf(address, folderOf(file.path));
        return path === undefined ? undefined : find(path);
      },
    });
    const writtenAt = front.date ?? name.at ?? file.modifiedAt;
    return {
      ok: true,
      value: {
        source: `text:${toHex(hash("TF/1 imported text", utf8(nameOf(file.path)), bytes.value))}`,
        ...titled(front.title, read.title, untitled ? "" : name.rest, read.parts),
        writtenAt: writtenAt !== undefined && isMoment(writtenAt) ? writtenAt : undefined,
        tags: front.tags,
        feelings: front.feelings,
      },
    };
  },
});

/** What is said in the front matter, else the first heading, else the file's name. Nothing that was said is lost. */
const titled = (
  said: string,
  heading: string,
  name: string,
  parts: readonly DraftPart[],
): { readonly title: string; readonly parts: readonly DraftPart[] } => {
  if (said === "") return { title: heading || (fitsTitle(name) ? name : ""), parts };
  const above = [...(fitsTitle(said) ? [] : [said]), ...(heading === said ? [] : [heading])];
  return {
    title: fitsTitle(said) ? said : "",
    parts: [...above.filter((text) => text !== "").map(asHeading), ...parts],
  };
};

const asHeading = (text: string): DraftPart => ({
  kind: "piece",
  piece: {
    kind: "heading",
    level: 2,
    inside: [{ kind: "words", text, bold: false, italic: false, address: undefined }],
  },
});

/** UTF-8, or what says that it is UTF-16, or what Windows wrote before; undefined where it is no text at all. */
const decode = (
  bytes: Uint8Array,
): { readonly text: string; readonly old: boolean } | undefined => {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  if (wide !== undefined) return { text: new TextDecoder(wide).decode(bytes), old: false };
  if (bytes.includes(0)) return undefined;
  const text = readUtf8(bytes);
  if (text.ok) return { text: text.value, old: false };
  return { text: new TextDecoder("windows-1252").decode(bytes), old: true };
};

/** As an address in a Markdown file means it; undefined where it leads elsewhere. */
const pathOf = (address: string, folder: string): string | undefined => {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith("//")) return undefined;
  const plain = unescaped((address.split(/[?#]/)[0] ?? "").replaceAll("\\", "/"));
  const steps = plain.startsWith("/") ? [] : folder.split("/").filter((step) => step !== "");
  for (const step of plain.split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/").normalize("NFC");
};

const unescaped = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};
