import type { ReactNode } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";

type FoldProps = { readonly title: string; readonly children: ReactNode };

/** A part of a page that few look for: its heading opens it. */
export const Fold = ({ title, children }: FoldProps) => (
  <Disclosure>
    <Heading level={2} className="fold-heading">
      <Button slot="trigger" className="btn quiet fold-do">
        {title}
      </Button>
    </Heading>
    <DisclosurePanel>{children}</DisclosurePanel>
  </Disclosure>
);
