/**
 * Of a file that stands alone: paper and ink, light and dark as its reader has it, black on white in print. It is
 * allowed by its hash, so both change together.
 */
export const htmlStyle = `
:root { color-scheme: light dark; --paper: light-dark(#f6f2ea, #1b1a1e); --ink: light-dark(#2a2730, #ece6da); --soft: light-dark(#665f58, #aaa294); --line: light-dark(#ddd4c4, #3a383f); }
body { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 1.08rem/1.7 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { font-weight: 500; line-height: 1.3; text-wrap: balance; break-after: avoid; }
h1 { font-size: 1.8rem; } h2 { font-size: 1.45rem; } h3 { font-size: 1.2rem; } h4 { font-size: 1.05rem; }
article + article { margin-block-start: 3rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
header { margin-block-end: 1.5rem; break-inside: avoid; }
header > * { margin-block: 0 0.3rem; }
header p { color: var(--soft); font: 0.92rem/1.5 system-ui, sans-serif; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
hr { border: 0; border-block-start: 1px solid var(--line); margin-block: 2rem; }
ul.tasks { list-style: none; padding-inline-start: 0; }
ul.tasks > li { position: relative; padding-inline-start: 1.8rem; }
.box { position: absolute; inset-inline-start: 0; }
li > p { margin-block: 0.2rem; }
figure { margin: 1.5rem 0; break-inside: avoid; }
img { max-width: 100%; height: auto; }
a { color: inherit; }
p, li { orphans: 2; widows: 2; }
@media print { :root { color-scheme: light; --paper: white; --ink: black; --soft: black; } body { max-width: none; padding: 0; } img { max-height: 22cm; width: auto; } }
`;

export const htmlStyleHash = "sha256-crSZ7R4jQFLhBL+M+5Hv7lZGc6mmR7/Uf5gEWOZB7mc=";
