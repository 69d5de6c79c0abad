import type { ReactNode } from "react";
import { Link } from "react-router";
import { Mark } from "@/ui/icons";

export const LINK_CLASSES = "font-medium text-accent underline underline-offset-3";

/** The frame of the pages before a session: login, sign-up, and what mailed links lead to. */
export function EntryPage({ title, subtitle, footer, children }: { title: string; subtitle: string; footer: ReactNode; children: ReactNode }) {
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-md flex-col justify-center px-5 py-10">
        <Mark className="mb-5 size-11" />
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 mb-7 text-ink-soft">{subtitle}</p>
        {children}
        <p className="mt-6 text-sm text-ink-soft">{footer}</p>
      </div>
    </main>
  );
}

export function LoginLink() {
  return (
    <Link to="/login" className={LINK_CLASSES}>
      Log in
    </Link>
  );
}
