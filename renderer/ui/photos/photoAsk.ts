import type { Result } from "../../../shared/base/result.ts";
import type { NewPhoto } from "../../../shared/page/photo.ts";
import type { PrepareCode } from "./preparePicture.ts";

export type PhotoAsk = { readonly number: number; readonly file: Blob };
export type Prepared = Result<NewPhoto, PrepareCode>;
export type PhotoAnswer = { readonly number: number; readonly prepared: Prepared };
