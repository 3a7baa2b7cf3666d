import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Field } from "../ui/Field.tsx";
import { QrCode } from "../ui/QrCode.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { useDates } from "../ui/useDates.ts";
import { ownTexts } from "./ownTexts.ts";
import type { Pairing } from "./usePairing.ts";

type InvitationProps = {
  readonly pairing: Pairing;
  readonly invited: NonNullable<Pairing["invited"]>;
};

export const Invitation = ({ pairing, invited }: InvitationProps) => {
  const { t } = useTranslation("pair");
  const dates = useDates();
  const own = ownTexts(pairing.as);
  return (
    <div className="invitation">
      <div className="stack">
        <p>{t("invited.give", own)}</p>
        <Field
          label={t("invited.link")}
          value={invited.link}
          onChange={() => undefined}
          readOnly
          plain
          lines={4}
        />
        <CopyLink link={invited.link} />
        <p>{t("invited.expires", { time: dates.moment(invited.expiresAt) })}</p>
        <p role="status">{t("invited.waiting", own)}</p>
        {invited.where === "here" ? (
          <p className="help">{t("invited.hereStay")}</p>
        ) : (
          <Toggle
            label={t("invited.stay")}
            help={t("invited.stayHelp")}
            on={pairing.stays}
            onChange={pairing.stayUnlocked}
          />
        )}
      </div>
      <QrCode text={invited.link} label={t("invited.qr")} />
    </div>
  );
};

const CopyLink = ({ link }: { readonly link: string }) => {
  const { t } = useTranslation("pair");
  const { bridge } = useSurroundings();
  const [copied, setCopied] = useState<boolean>();
  const copy = () =>
    void bridge.window.copyInvitation(link).then(setCopied, () => setCopied(false));
  return (
    <div className="row">
      <Button className="btn primary" onPress={copy}>
        {t("invited.copy")}
      </Button>
      <p className="quiet-state" role="status">
        {copied === undefined ? "" : copied ? t("invited.copied") : t("invited.notCopied")}
      </p>
    </div>
  );
};
