import { classes } from "./classes";

export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" className={classes("size-4 animate-spin", className)} aria-hidden="true">
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2.5" opacity="0.25" />
      <path d="M10 2a8 8 0 0 1 8 8" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}

/** A grey shape where content will be. */
export function Skeleton({ className }: { className?: string }) {
  return <div className={classes("animate-breathe rounded-md bg-hover", className)} aria-hidden="true" />;
}

/** A whole page that waits. */
export function Waiting({ label }: { label: string }) {
  return (
    <div className="grid h-full place-items-center text-ink-faint" role="status">
      <span className="flex items-center gap-3">
        <Spinner /> {label}
      </span>
    </div>
  );
}
