import type { ComponentProps } from "react";
import { Link, type LinkProps } from "react-router";
import { classes } from "./classes";
import { Spinner } from "./Spinner";

type Look = "primary" | "secondary" | "quiet" | "quiet-danger" | "danger";
type Size = "medium" | "small" | "icon";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover",
  secondary: "border border-line bg-surface text-ink hover:bg-hover",
  quiet: "text-ink-soft hover:bg-hover hover:text-ink",
  "quiet-danger": "text-danger hover:bg-danger-soft",
  danger: "bg-danger text-accent-ink hover:opacity-90",
};
const SIZES: Record<Size, string> = {
  medium: "h-10 px-4 gap-2",
  small: "h-8 px-3 gap-1.5 text-sm",
  icon: "size-9 shrink-0",
};

export function buttonClasses(look: Look = "secondary", size: Size = "medium"): string {
  return classes(
    "inline-flex items-center justify-center rounded-lg font-medium whitespace-nowrap select-none transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-55",
    LOOKS[look],
    SIZES[size],
  );
}

interface Props extends ComponentProps<"button"> {
  look?: Look;
  size?: Size;
  /** Shows that the work goes on, and takes no second click. */
  busy?: boolean;
}

export function Button({ look, size, busy = false, className, children, disabled, type = "button", ...rest }: Props) {
  return (
    <button type={type} className={classes(buttonClasses(look, size), className)} disabled={disabled === true || busy} aria-busy={busy} {...rest}>
      {busy && <Spinner />}
      {children}
    </button>
  );
}

export function ButtonLink({ look, size, className, ...rest }: LinkProps & { look?: Look; size?: Size }) {
  return <Link className={classes(buttonClasses(look, size), className)} {...rest} />;
}
