import { useId, type ReactNode } from "react";
import { classes } from "./classes";

/** What a control inside a field must carry, so that label, hint and error belong to it. */
export interface ControlProps {
  id: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
}

interface Props {
  label: string;
  id?: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A label, a control, and below it a hint or what is wrong. */
export function Field({ label, id, hint, error, optional = false, className, children }: Props) {
  const made = useId();
  const control = id ?? made;
  const note = `${control}-note`;
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className={classes("grid content-start gap-1.5", className)}>
      <label htmlFor={control} className="text-sm font-medium">
        {label}
        {optional && <span className="font-normal text-ink-faint"> (optional)</span>}
      </label>
      {children({ id: control, "aria-invalid": error === undefined ? undefined : true, "aria-describedby": hasNote ? note : undefined })}
      {hasNote && (
        <p id={note} className={classes("text-sm whitespace-pre-line", error === undefined ? "text-ink-faint" : "text-danger")}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
