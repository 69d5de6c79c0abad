import { useState, type ComponentProps } from "react";
import { classes } from "./classes";
import { EyeIcon, EyeOffIcon } from "./icons";

export const CONTROL = classes(
  "w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-ink placeholder:text-ink-faint transition-colors",
  "hover:border-line-strong focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/40",
  "aria-invalid:border-danger aria-invalid:focus:outline-danger/40 disabled:opacity-60",
);

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classes(CONTROL, "h-10", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classes(CONTROL, "py-2", className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={classes(CONTROL, "h-10", className)} {...rest} />;
}

/** A password that can be looked at while it is typed. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type">) {
  const [shown, setShown] = useState(false);
  const label = shown ? "Hide password" : "Show password";
  return (
    <div className="relative">
      <Input {...props} type={shown ? "text" : "password"} className="pr-11" autoCapitalize="off" spellCheck={false} />
      <button
        type="button"
        className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-r-lg text-ink-faint hover:text-ink"
        onClick={() => setShown(!shown)}
        aria-label={label}
        aria-pressed={shown}
        title={label}
      >
        {shown ? <EyeOffIcon /> : <EyeIcon />}
      </button>
    </div>
  );
}
