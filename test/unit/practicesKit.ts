import { must, type Desk } from "../support/twoPartners.ts";

/** Of everything that has ever been written to travel from this desk, or has come to it. */
export const carriedKeys = async ({ disk }: Desk): Promise<readonly string[]> => {
  const { volumes } = disk.start().carried;
  const keys: string[] = [];
  for (const number of must(await volumes.list()))
    keys.push(...must(await volumes.open(number)).keys());
  return keys;
};
