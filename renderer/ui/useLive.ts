import { useSyncExternalStore } from "react";
import type { Live } from "../../shared/base/live.ts";

export const useLive = <Value>(live: Live<Value>): Value =>
  useSyncExternalStore(live.subscribe, live.read);
