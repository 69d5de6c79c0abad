import type { ReactNode } from "react";
import { Mark } from "@/ui/icons";

/** The frame of login and sign-up. */
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
