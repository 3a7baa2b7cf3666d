/** What every JavaScript engine we run in has; nothing else of DOM or Node is in reach of shared/. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}
declare function btoa(binary: string): string;
declare function atob(base64: string): string;
declare function setTimeout(run: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;
declare function queueMicrotask(run: () => void): void;
declare const crypto: { getRandomValues<Bytes extends Uint8Array>(bytes: Bytes): Bytes };
declare const ReadableStream: new <Chunk>(source: {
  pull: (controller: { enqueue: (chunk: Chunk) => void; close: () => void }) => Promise<void>;
}) => ReadableStream<Chunk>;
declare const WritableStream: new <Chunk>(sink: {
  write: (chunk: Chunk) => void | Promise<void>;
}) => WritableStream<Chunk>;
