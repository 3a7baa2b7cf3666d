import { accept, refuse, type Result } from "../../../shared/base/result.ts";
import { largestPhoto, type NewPhoto, photoTypes } from "../../../shared/page/photo.ts";
import { barePicture } from "./barePicture.ts";
import { type HeaderCode, readPictureHeader } from "./pictureHeader.ts";

/** FILE_GONE: it could not be read any more. CANCELLED: nobody waits for it. */
export type PrepareCode =
  | HeaderCode
  | "FILE_TOO_LARGE"
  | "TOO_MANY_PIXELS"
  | "FILE_GONE"
  | "CANCELLED";

/** Of a file as it comes from a camera, bytes. */
const largestFile = 64 * 1024 ** 2;
/** In memory a picture takes four bytes for each: a small file can hold far too many. */
const mostPixels = 100_000_000;
/** Of what goes into a page, pixels on the longer side. */
export const longerSide = 2_048;
const quality = 0.85;

/**
 * Painted anew, upright and at most 2,048 pixels on its longer side: nothing comes along but what can be seen. Not its
 * name, not where or with what it was taken. Runs in a worker, and on the page where there is none.
 */
export const preparePicture = async (file: Blob): Promise<Result<NewPhoto, PrepareCode>> => {
  if (file.size > largestFile) return refuse("FILE_TOO_LARGE");
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (bytes === undefined) return refuse("FILE_GONE");
  const header = readPictureHeader(new Uint8Array(bytes));
  if (!header.ok) return header;
  const { type, width, height, clear } = header.value;
  if (width * height > mostPixels) return refuse("TOO_MANY_PIXELS");
  const picture = await decode(new Blob([bytes], { type }));
  if (picture === undefined) return refuse("NOT_A_PICTURE");
  try {
    return await paint(picture, clear);
  } finally {
    picture.close();
  }
};

const decode = (file: Blob): Promise<ImageBitmap | undefined> =>
  createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);

const paint = async (
  picture: ImageBitmap,
  mayBeClear: boolean,
): Promise<Result<NewPhoto, PrepareCode>> => {
  const smaller = Math.min(1, longerSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * smaller));
  const height = Math.max(1, Math.round(picture.height * smaller));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  if (pen === null) return refuse("NOT_A_PICTURE");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  const clear = mayBeClear && shinesThrough(pen.getImageData(0, 0, width, height).data);
  // A browser that cannot write WebP writes PNG instead, and says so.
  const written = await canvas.convertToBlob({
    type: clear ? "image/webp" : "image/jpeg",
    quality,
  });
  const type = photoTypes.find((known) => known === written.type);
  const bytes = type && barePicture(new Uint8Array(await written.arrayBuffer()), type);
  if (type === undefined || bytes === undefined) return refuse("NOT_A_PICTURE");
  if (bytes.length > largestPhoto) return refuse("FILE_TOO_LARGE");
  return accept({ bytes, width, height, type });
};

const shinesThrough = (pixels: Uint8ClampedArray): boolean => {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return true;
  return false;
};
