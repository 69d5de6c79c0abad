import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { BulbIcon, CheckIcon, ChevronIcon } from "@/ui/icons";

/** The ways from a source to what was learned of it, and to how well it is answered. */
export function LearnedLinks({ source }: { source: Source }) {
  return (
    <section aria-labelledby="learning" className="mt-8">
      <h2 id="learning" className="mb-3 text-lg font-semibold">
        Learning
      </h2>
      <ul className="grid gap-3 sm:grid-cols-2">
        <Way to={`/learned?source=${source.id}`} icon={<BulbIcon />} title="Learned" text="Words and verified answers that your organization has taught" testId="learned-link" />
        <Way to={`/sources/${source.id}/benchmark`} icon={<CheckIcon />} title="Benchmark" text="Your own questions with the answers you expect, and how many are right" testId="benchmark-link" />
      </ul>
    </section>
  );
}

function Way({ to, icon, title, text, testId }: { to: string; icon: ReactNode; title: string; text: string; testId: string }) {
  return (
    <li className="min-w-0">
      <Link to={to} className="flex h-full items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-card transition-colors hover:border-accent" data-testid={testId}>
        <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-deep">{icon}</span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{title}</span>
          <span className="block text-sm text-ink-faint">{text}</span>
        </span>
        <ChevronIcon className="size-4 shrink-0 text-ink-faint" />
      </Link>
    </li>
  );
}
