import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLocation } from "wouter";
import { useJournal } from "../ui/surroundings.ts";

/** What says all around that nothing leaves this place. */
export const RoomWalls = ({
  leaves = false,
  children,
}: {
  readonly leaves?: boolean;
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation("room");
  const room = useJournal().room;
  const [, navigate] = useLocation();
  const leave = () => {
    navigate("/room", { replace: true });
    void room.lock();
  };
  return (
    <div className="room">
      <div className="room-band">
        <p>
          <svg viewBox="0 0 20 20" width="18" height="18" className="mark-drawn" aria-hidden="true">
            <path d="M5 17V4.5L12 3v14M3 17h14M12 5h3v12M9.5 10.5h.01" />
          </svg>
          {t("band")}
        </p>
        {leaves ? (
          <Button className="btn" onPress={leave}>
            {t("leave")}
          </Button>
        ) : null}
      </div>
      {children}
    </div>
  );
};
