import type { IceServer } from "../../shared/journal/journal.ts";

/** As a browser's connections take it. */
export const toRtc = ({ url, username, credential }: IceServer): RTCIceServer => ({
  urls: url,
  ...(username === undefined ? {} : { username }),
  ...(credential === undefined ? {} : { credential }),
});
