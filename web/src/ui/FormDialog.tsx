import type { ReactNode, SyntheticEvent } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Notice } from "./Notice";

/** What the form does; a mutation of TanStack Query is one. */
export interface Work {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  mutate: () => void;
}

interface Props {
  title: string;
  /** What the button says that does it. */
  submit: string;
  danger?: boolean;
  /** Whether there is enough to begin. */
  ready?: boolean;
  work: Work;
  problem: (error: unknown) => string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that does one thing: it stays while that goes on, and says what went wrong. */
export function FormDialog({ title, submit, danger = false, ready = true, work, problem, onClose, children }: Props) {
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (ready && !work.isPending) work.mutate();
  };
  return (
    <Dialog open onClose={() => !work.isPending && onClose()} title={title}>
      <form className="mt-4 grid gap-4" onSubmit={onSubmit} noValidate>
        {work.isError && <Notice alert>{problem(work.error)}</Notice>}
        {children}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose} disabled={work.isPending}>
            Cancel
          </Button>
          <Button type="submit" look={danger ? "danger" : "primary"} busy={work.isPending} disabled={!ready}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
