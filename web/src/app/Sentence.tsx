import type { ReactNode } from "react";
import { Mark } from "@/ui/icons";

/** A page that says one thing. */
export function Sentence({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <main className="grid h-full place-items-center overflow-y-auto p-6">
      <div className="max-w-md text-center">
        <Mark className="mx-auto mb-6 size-10" />
        <h1 className="text-xl font-semibold">{title}</h1>
        <p className="mt-2 mb-6 text-ink-soft">{children}</p>
        {action}
      </div>
    </main>
  );
}
