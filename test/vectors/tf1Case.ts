/** One vector: `differences` runs the real code and gives what came out otherwise than the file says. */
export type VectorCase = {
  readonly name: string;
  readonly differences: () => readonly Difference[];
};

export type Difference = {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
};

/** Compares what the file says with what the code gives; equal ones fall away. */
export const compare = (
  rows: readonly (readonly [what: string, expected: string | number, got: string | number])[],
): readonly Difference[] =>
  rows
    .filter(([, expected, got]) => expected !== got)
    .map(([what, expected, got]) => ({ what, expected: String(expected), got: String(got) }));
