import { useMutation } from "@tanstack/react-query";
import { useId, type ReactNode, type SyntheticEvent } from "react";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { teachingProblem } from "./problem";
import { useLearnedChanged } from "./queries";

interface Props {
  title: string;
  /** On the button that saves. */
  action: string;
  testId: string;
  complete: boolean;
  save: () => Promise<void>;
  /** Told when it is saved. */
  saved: string;
  onClose: () => void;
  className: string;
  children: ReactNode;
}

/** A form whose content becomes the organization's: saved once, closed then; a problem stays on top of it. */
export function TeachingDialog({ title, action, testId, complete, save, saved, onClose, className, children }: Props) {
  const form = useId();
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      show(saved);
      onClose();
      await changed();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete && !saving.isPending) saving.mutate();
  };
  return (
    <WideDialog
      open
      onClose={() => !saving.isPending && onClose()}
      title={title}
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={saving.isPending} disabled={!complete} data-testid={testId}>
            {action}
          </Button>
        </div>
      }
    >
      <form id={form} onSubmit={submit} className={className} noValidate>
        {saving.isError && (
          <div className="col-span-full">
            <Notice alert>{teachingProblem(saving.error)}</Notice>
          </div>
        )}
        {children}
      </form>
    </WideDialog>
  );
}
