/**
 * What a page of Twofold may do, the same in both shells: Electron's app:// answers and the browser shell's server.
 * `'wasm-unsafe-eval'` is libsodium's; `blob:` is for photos, which are opened in memory; `ws:` is open here because the addresses are a setting, and Electron's
 * network guard narrows it to the hosts that were named.
 */
const directives = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "font-src": "'self'",
  "img-src": "'self' blob:",
  "worker-src": "'self'",
  "connect-src": "'self' ws: wss:",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  "object-src": "'none'",
  // renderer/shell/trustedTypes.ts, renderer/ui/editor/parseApart.ts, and the editor's own for what is pasted.
  "require-trusted-types-for": "'script'",
  "trusted-types": "default twofold-pasted ProseMirrorClipboard",
} as const;

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, sources]) => `${name} ${sources}`)
  .join("; ");

/** The camera is our own page's, and only while it reads an invitation; whoever has it on is asked first. */
const nothing = [
  "microphone",
  "geolocation",
  "display-capture",
  "usb",
  "serial",
  "hid",
  "bluetooth",
  "payment",
  "midi",
];

/** Sent with every answer, the refusals included. */
export const pageHeaders = {
  "Content-Security-Policy": contentSecurityPolicy,
  "Permissions-Policy": ["camera=(self)", ...nothing.map((feature) => `${feature}=()`)].join(", "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;
