import { Dialog as Modal, DialogBackdrop, DialogPanel, DialogTitle } from "@headlessui/react";
import type { ReactNode } from "react";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

export function Dialog({ open, onClose, title, children }: Props) {
  return (
    <Modal open={open} onClose={onClose} className="relative z-40">
      <DialogBackdrop className="fixed inset-0 bg-black/45" />
      <div className="fixed inset-0 grid place-items-center overflow-y-auto p-4">
        <DialogPanel className="w-full max-w-md animate-rise rounded-2xl bg-raised p-6 shadow-pop">
          <DialogTitle className="text-lg font-semibold">{title}</DialogTitle>
          {children}
        </DialogPanel>
      </div>
    </Modal>
  );
}

/** A panel that slides over the page from the left, for narrow screens. */
export function Drawer({ open, onClose, title, children }: Props) {
  return (
    <Modal open={open} onClose={onClose} className="relative z-30" aria-label={title}>
      <DialogBackdrop className="fixed inset-0 bg-black/45" />
      <DialogPanel className="fixed inset-y-0 left-0 w-[min(20rem,86vw)] bg-sunken shadow-pop">{children}</DialogPanel>
    </Modal>
  );
}
