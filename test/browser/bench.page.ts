import { utf8 } from "../../shared/base/bytes.ts";

Object.assign(globalThis, { benchReady: utf8("ready").length === 5 });
