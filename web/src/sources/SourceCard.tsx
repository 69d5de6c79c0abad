import { Link } from "react-router";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { DatabaseIcon } from "@/ui/icons";
import { addressOf } from "./source-text";
import { StateBadge } from "./StateBadge";

export function SourceCard({ source }: { source: Source }) {
  return (
    <li className="min-w-0">
      <Link
        to={`/sources/${source.id}`}
        data-testid="source-card"
        className="flex items-center gap-4 rounded-xl border border-line bg-surface px-5 py-4 shadow-card transition-colors hover:border-accent"
      >
        <span className="grid size-10 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-deep">
          <DatabaseIcon />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{source.name}</span>
          <span className="block truncate text-sm text-ink-faint">{addressOf(source)}</span>
        </span>
        <span className="hidden text-sm text-ink-soft tabular-nums sm:block">{source.tableCount === 1 ? "1 table" : `${source.tableCount} tables`}</span>
        <StateBadge state={source.state} />
      </Link>
    </li>
  );
}
