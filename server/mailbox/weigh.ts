import { ContentBinary, Item, type Doc } from "yjs";
import type { Known } from "./judgeUpdate.ts";
import type { Weight } from "./rooms.ts";

/** The one shared type in a box (docs/protocol.md, "Mailbox"). */
export const entriesOf = (doc: Doc) => doc.getMap<unknown>("envelopes");

/** What Yjs writes beside an envelope, roughly: ids, the map's name, the key. */
const besides = 44;

/** Without writing the document out; a little more than it takes in the end. */
export const weighDocument = (doc: Doc): Weight => {
  let bytes = 32;
  let structs = 0;
  let items = 0;
  for (const list of doc.store.clients.values()) {
    structs += list.length;
    for (const struct of list) {
      bytes += besides;
      if (!(struct instanceof Item)) continue;
      items++;
      if (struct.content instanceof ContentBinary) bytes += struct.content.content.length;
    }
  }
  const crowd = Math.max(0, items - entriesOf(doc)._map.size);
  return { bytes, structs, crowd, clients: doc.store.clients.size };
};

export const knownOf = (doc: Doc): Known => {
  const entries = entriesOf(doc);
  return {
    clockOf: (client) => {
      const last = doc.store.clients.get(client)?.at(-1);
      return last === undefined ? 0 : last.id.clock + last.length;
    },
    hasKey: (key) => entries._map.has(key),
  };
};

/** True when every envelope in it was deleted, or none was ever put in. */
export const isHollow = (doc: Doc): boolean => {
  for (const item of entriesOf(doc)._map.values()) if (!item.deleted) return false;
  return true;
};
