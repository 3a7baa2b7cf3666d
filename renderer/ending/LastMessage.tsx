import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { dayOf } from "../../shared/archive/savedNames.ts";
import { download } from "../saving/blobSink.ts";
import { useSurroundings } from "../ui/surroundings.ts";

/** none: it was asked for and could not be made. */
export type LastFile = Blob | "none";

export const LastMessage = ({ file }: { readonly file: LastFile }) => {
  const { t } = useTranslation("ending");
  return file === "none" ? (
    <div className="trouble" role="alert">
      <p>{t("file.none")}</p>
    </div>
  ) : (
    <InHand file={file} />
  );
};

/**
 * Sealed for the partner; what opens it here is gone, so it is made once and kept in hand until it is placed. Where to
 * is asked once by itself: with this page it would be lost.
 */
const InHand = ({ file }: { readonly file: Blob }) => {
  const { t } = useTranslation("ending");
  const { bridge, clock } = useSurroundings();
  const [placed, setPlaced] = useState<Awaited<ReturnType<typeof download>>>();
  const save = useCallback(() => {
    setPlaced(undefined);
    const name = `twofold-${dayOf(clock.now())}.twofold`;
    void download(name, file, bridge.documents).then(setPlaced);
  }, [bridge, clock, file]);
  const offered = useRef<Blob>(undefined);
  useEffect(() => {
    if (offered.current === file) return;
    offered.current = file;
    save();
  }, [file, save]);
  const said = placed === "unknown" ? "given" : placed;
  return (
    <section className="ending-part">
      <p>{t("file.text")}</p>
      <div className="row">
        <Button className="btn primary" onPress={save}>
          {t("file.save")}
        </Button>
        <p className="quiet-state" role="status">
          {said === undefined ? "" : t(`file.${said}`)}
        </p>
      </div>
    </section>
  );
};
