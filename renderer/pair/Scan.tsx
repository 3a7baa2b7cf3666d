import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/Sheet.tsx";

const ScanSheet = lazy(async () => ({ default: (await import("./ScanSheet.tsx")).ScanSheet }));

/** Reads an invitation from the partner's screen. Whoever has no camera pastes the link: the field stays beside it. */
export const Scan = ({ onFound }: { readonly onFound: (link: string) => void }) => {
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
          <ScanSheet onFound={found} onClose={close} />
        </Suspense>
      </Sheet>
    </>
  );
};
