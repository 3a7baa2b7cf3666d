import type { Brand } from "./brand.ts";
import { fromHex, toHex } from "./bytes.ts";
import type { Random } from "./random.ts";

/** Ids are lower-case hex in memory (they key maps) and bytes on the wire. */
export type SpaceId = Brand<string, "SpaceId">;
export type NotebookId = Brand<string, "NotebookId">;
export type DeviceId = Brand<string, "DeviceId">;
export type PageId = Brand<string, "PageId">;
/** 32 bytes: H("TF/1 id", …), PROTOCOL §6. */
export type MessageId = Brand<string, "MessageId">;

export type Id16 = SpaceId | NotebookId | DeviceId | PageId;

/** Names 16 (or, for a message, 32) bytes as the id the caller asks for. */
export const idFrom = <Id extends Id16 | MessageId>(bytes: Uint8Array): Id => toHex(bytes) as Id;

export const idBytes = (id: Id16 | MessageId): Uint8Array => fromHex(id);

export const newId = <Id extends Id16>(random: Random): Id => idFrom<Id>(random(16));

/** Where a control or an ack has no page (PROTOCOL §6, "docId is zeros"). */
export const noPage = "00000000000000000000000000000000" as PageId;
