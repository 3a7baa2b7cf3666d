import { type ReactNode, useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Link } from "react-aria-components";
import { readOutside } from "../../shared/bridge/outside.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { SurroundingsContext } from "../ui/surroundings.ts";

type OutsideLinkProps = { readonly address: string; readonly children: ReactNode };

/**
 * An address in somebody's words. It is no link to the browser: pressing it asks, and only https is ever opened.
 * Whatever else it is stays words.
 */
export const OutsideLink = ({ address, children }: OutsideLinkProps) => {
  const { t } = useTranslation("outside");
  const bridge = useContext(SurroundingsContext)?.bridge;
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState(false);
  const found = readOutside(address, (text) => new URL(text));
  if (found === undefined || bridge === undefined) return children;
  const { open, asks } = bridge.outside;
  const go = () => {
    setAsking(false);
    void open(found.address).then((end) => setRefused(end === "refused"));
  };
  return (
    <>
      <Link className="outside-link" onPress={asks === "shell" ? go : () => setAsking(true)}>
        {children}
      </Link>
      {refused ? (
        <span className="help" role="status">
          {" "}
          {t("refused")}
        </span>
      ) : null}
      <Sheet
        title={t("title", { host: found.host })}
        open={asking}
        onClose={() => setAsking(false)}
        asks
      >
        <p className="outside-address" translate="no" dir="ltr">
          {found.address}
        </p>
        <p>{t("text")}</p>
        <div className="row">
          <Button className="btn" autoFocus onPress={() => setAsking(false)}>
            {t("stay")}
          </Button>
          <Button className="btn quiet" onPress={go}>
            {t("open")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
