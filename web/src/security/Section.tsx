import type { ReactNode } from "react";
import { Card } from "@/ui/Card";

/** One matter of the settings. */
export function Section({ title, subtitle, children }: { title: string; subtitle: string; children: ReactNode }) {
  return (
    <Card className="mb-6 p-5 sm:p-6">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-0.5 mb-4 text-sm text-ink-faint">{subtitle}</p>
      {children}
    </Card>
  );
}
