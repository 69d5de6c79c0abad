import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

interface Props {
  title: string;
  /** What follows from it. */
  children: ReactNode;
  action: () => Promise<unknown>;
  onDone: () => void | Promise<void>;
  onClose: () => void;
}

/** Deletes, once that was confirmed. */
export function ConfirmDelete({ title, children, action, onDone, onClose }: Props) {
  const remove = useMutation({ mutationFn: action, onSuccess: onDone });
  return (
    <Dialog open onClose={() => !remove.isPending && onClose()} title={title}>
      <p className="mt-2 mb-5 wrap-anywhere text-ink-soft">{children}</p>
      {remove.isError && (
        <div className="mb-4">
          <Notice alert>{problemText(problemOf(remove.error))}</Notice>
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()} data-testid="confirm-delete">
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
