import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { StepOut } from "./StepOut.tsx";

type SheetProps = {
  readonly title: ReactNode;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Asks before something that cannot be undone. */
  readonly asks?: boolean;
};

/** A sheet of paper over the screen. Esc and a press beside it close it. */
export const Sheet = ({ title, open, onClose, children, asks = false }: SheetProps) => (
  <ModalOverlay
    className="veil"
    isOpen={open}
    onOpenChange={(stays) => (stays ? undefined : onClose())}
    isDismissable
  >
    <Modal className="modal">
      <Dialog className="dialog" role={asks ? "alertdialog" : "dialog"}>
        <div className="dialog-top">
          <Heading slot="title">{title}</Heading>
          <StepOut />
        </div>
        {children}
      </Dialog>
    </Modal>
  </ModalOverlay>
);
