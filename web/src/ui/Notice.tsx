import type { ReactNode } from "react";
import type { Tone } from "./Badge";
import { classes } from "./classes";
import { WarningIcon } from "./icons";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-soft",
  accent: "bg-accent-soft text-accent-deep",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
};

interface Props {
  tone?: Tone;
  /** Read out at once: for what just went wrong. */
  alert?: boolean;
  children: ReactNode;
  action?: ReactNode;
}

/** A sentence that stands out, and perhaps what to do about it. */
export function Notice({ tone = "danger", alert = false, children, action }: Props) {
  return (
    <div role={alert ? "alert" : undefined} className={classes("flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg px-3.5 py-2.5 text-sm", TONES[tone])}>
      <WarningIcon className="size-4.5 shrink-0" />
      <div className="min-w-40 flex-1">{children}</div>
      {action}
    </div>
  );
}
