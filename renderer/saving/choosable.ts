import type { Card } from "../../shared/page/card.ts";

/** `shown`: what a narrowed list shows of them; undefined where it shows all. */
export type Choosable = {
  readonly all: readonly Card[];
  readonly shown: readonly Card[] | undefined;
};
