import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import { PageWords } from "../ui/PageWords.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** The letter itself, at hand while one replies to it. */
export const RepliedTo = ({ letter }: { readonly letter: PageId }) => {
  const { t } = useTranslation("letters");
  const [open, setOpen] = useState(false);
  const card = useLive(useJournal().cards).find(({ id }) => id === letter);
  return (
    <Disclosure className="letter old" isExpanded={open} onExpandedChange={setOpen}>
      <Heading level={2} className="slip-heading">
        <Button slot="trigger" className="slip">
          <span>{t("reply.letter")}</span>
          <span className="slip-do">{t(open ? "reply.fold" : "reply.open")}</span>
        </Button>
      </Heading>
      <DisclosurePanel className="slip-panel">
        {!open ? null : card?.withdrawnAt === undefined ? (
          <PageWords id={letter} />
        ) : (
          <Withdrawn card={card} />
        )}
      </DisclosurePanel>
    </Disclosure>
  );
};
