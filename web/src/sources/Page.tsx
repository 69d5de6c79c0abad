import type { ReactNode } from "react";
import { Link } from "react-router";
import { ChevronIcon } from "@/ui/icons";

interface Props {
  title: ReactNode;
  subtitle?: ReactNode;
  action?: ReactNode;
  back?: boolean;
  children: ReactNode;
}

/** The frame of a page about sources. */
export function Page({ title, subtitle, action, back = false, children }: Props) {
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto w-full max-w-4xl px-4 py-8 sm:px-8">
        {back && (
          <Link to="/sources" className="mb-4 inline-flex items-center gap-1 rounded text-sm text-ink-faint hover:text-ink">
            <ChevronIcon className="size-4 rotate-180" /> Data sources
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
