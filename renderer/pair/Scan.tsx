import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/Sheet.tsx";
import type { How } from "./usePairing.ts";

const ScanSheet = lazy(async () => ({ default: (await import("./ScanSheet.tsx")).ScanSheet }));

type ScanProps = { readonly how: How; readonly onFound: (link: string) => void };

/** Reads an invitation from the other screen. Whoever has no camera pastes the link: the field stays beside it. */
export const Scan = ({ how, onFound }: ScanProps) => {
  const { t } = useTranslation("scan");
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const found = useCallback(
    (link: string) => {
      setOpen(false);
      onFound(link);
    },
    [onFound],
  );
  return (
    <>
      <Button className="btn quiet" onPress={() => setOpen(true)}>
        {t("open")}
      </Button>
      <Sheet title={t("title")} open={open} onClose={close}>
        <Suspense fallback={<p role="status">{t("state.starting")}</p>}>
          <ScanSheet how={how} onFound={found} onClose={close} />
        </Suspense>
      </Sheet>
    </>
  );
};
