import decodeQR from "qr/decode.js";

/** What the code in this picture says; undefined where there is none to be read. */
export const readQr = (picture: ImageData): string | undefined => {
  try {
    return decodeQR(picture);
  } catch {
    return undefined;
  }
};
