import type { ReactNode } from "react";
import { Link } from "react-router";
import { classes } from "@/ui/classes";
import { ChevronIcon } from "@/ui/icons";

interface Props {
  title: ReactNode;
  subtitle?: ReactNode;
  action?: ReactNode;
  /** Where this page belongs: the sources, or what is given. */
  back?: boolean | { to: string; title: string };
  /** For a table of many columns. */
  wide?: boolean;
  children: ReactNode;
}

const SOURCES = { to: "/sources", title: "Data sources" };

/** The frame of a page with a title. */
export function Page({ title, subtitle, action, back = false, wide = false, children }: Props) {
  const above = back === true ? SOURCES : back;
  return (
    <div className="h-full overflow-y-auto">
      <div className={classes("mx-auto w-full px-4 py-8 sm:px-8", wide ? "max-w-6xl" : "max-w-4xl")}>
        {above && (
          <Link to={above.to} className="mb-4 inline-flex items-center gap-1 rounded text-sm text-ink-faint hover:text-ink">
            <ChevronIcon className="size-4 rotate-180" /> {above.title}
          </Link>
        )}
        <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
          <div className="min-w-0">
            <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
            {subtitle !== undefined && <div className="mt-1 text-ink-soft">{subtitle}</div>}
          </div>
          {action}
        </div>
        {children}
      </div>
    </div>
  );
}
