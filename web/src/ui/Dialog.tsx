import { Dialog as Modal, DialogBackdrop, DialogPanel, DialogTitle } from "@headlessui/react";
import type { ReactNode } from "react";
import { buttonClasses } from "./Button";
import { CloseIcon } from "./icons";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

/** A dialog for longer work: most of the window, its content scrolling between title and foot. */
export function WideDialog({ open, onClose, title, children, foot }: Props & { foot: ReactNode }) {
  return (
    <Modal open={open} onClose={onClose} className="relative z-40">
      <DialogBackdrop className="fixed inset-0 bg-black/45" />
      <div className="fixed inset-0 grid grid-rows-[minmax(0,1fr)] place-items-center sm:p-6">
        <DialogPanel className="flex h-full w-full max-w-5xl animate-rise flex-col bg-raised shadow-pop sm:h-auto sm:max-h-full sm:rounded-2xl">
          <div className="flex items-center justify-between gap-4 border-b border-line py-3 pr-3 pl-5 sm:pl-6">
            <DialogTitle className="text-lg font-semibold">{title}</DialogTitle>
            <button type="button" className={buttonClasses("quiet", "icon")} onClick={onClose} aria-label="Close">
              <CloseIcon />
            </button>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5 sm:px-6">{children}</div>
          <div className="border-t border-line px-5 py-3.5 sm:px-6">{foot}</div>
        </DialogPanel>
      </div>
    </Modal>
  );
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
