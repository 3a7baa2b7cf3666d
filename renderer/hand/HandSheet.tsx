import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/Sheet.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useWish } from "../ui/wishes.tsx";
import { HandForm } from "./HandForm.tsx";

/** Over whatever is there, when it is wished for. */
export const HandSheet = () => {
  const { t } = useTranslation("hand");
  const names = usePartnerName();
  const [open, setOpen] = useState(false);
  useWish("hand", () => setOpen(true));
  const close = () => setOpen(false);
  return (
    <Sheet title={t("title", names)} open={open} onClose={close}>
      <HandForm />
      <div className="row">
        <Button className="btn" onPress={close}>
          {t("close")}
        </Button>
      </div>
    </Sheet>
  );
};
