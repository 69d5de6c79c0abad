import { classes } from "./classes";

interface Props {
  label: string;
  /** From 0 to 1; undefined where that can't be told. */
  fraction: number | undefined;
  className?: string;
}

export function ProgressBar({ label, fraction, className }: Props) {
  const percent = fraction === undefined ? undefined : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className={classes("h-1.5 overflow-hidden rounded-full bg-hover", className)}>
      {percent === undefined ? (
        <div className="h-full w-full animate-breathe bg-accent" />
      ) : (
        <svg className="block h-full w-full" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width={percent} height="1" className="fill-accent" />
        </svg>
      )}
    </div>
  );
}
