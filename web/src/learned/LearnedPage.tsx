import { Link, useSearchParams } from "react-router";
import { usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { useSources } from "@/chat/queries";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Page } from "@/sources/Page";
import { classes } from "@/ui/classes";
import { Select } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { AnswersTab } from "./AnswersTab";
import { VerdictsTab } from "./VerdictsTab";
import { WordsTab } from "./WordsTab";

const TABS = [
  ["words", "Words"],
  ["answers", "Verified answers"],
  ["thumbs", "Thumbs"],
] as const;

/** What the organization has taught the engine. Tab, source and the entry looked for are in the address: other pages lead here. */
export default function LearnedPage() {
  useTitle("Learned");
  const mayTeach = usePermission(Permission.MANAGE_SOURCES);
  const sources = useSources().data ?? [];
  const [search, setSearch] = useSearchParams();
  const sourceId = search.get("source") ?? "";
  const sought = search.get("id") ?? "";
  const tab = TABS.find(([name]) => name === search.get("tab"))?.[0] ?? "words";
  const nameOfSource = (id: string) => sources.find((one) => one.id === id)?.name ?? "A source that is gone";
  const of = sourceId === "" ? "" : `&source=${sourceId}`;
  if (!mayTeach) {
    return (
      <Page title="Learned">
        <Notice tone="neutral">Your role doesn’t show what was learned. Ask a person who manages the data sources.</Notice>
      </Page>
    );
  }
  const shared = { sourceId, sought, nameOfSource };
  return (
    <Page title="Learned" subtitle="What your organization has taught. All of it can be changed and deleted, and none of it leaves your organization.">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-4 gap-y-3 border-b border-line">
        <nav aria-label="What was learned" className="flex gap-1">
          {TABS.map(([name, title]) => (
            <Link
              key={name}
              to={`/learned?tab=${name}${of}`}
              replace
              aria-current={name === tab ? "page" : undefined}
              className={classes(
                "-mb-px border-b-2 px-3 pt-1 pb-2 text-sm",
                name === tab ? "border-accent font-medium text-ink" : "border-transparent text-ink-soft hover:text-ink",
              )}
              data-testid={`tab-${name}`}
            >
              {title}
            </Link>
          ))}
        </nav>
        {tab !== "thumbs" && sources.length > 1 && (
          <Select
            className="mb-2 h-8! w-auto! max-w-64 text-sm"
            aria-label="Source"
            value={sourceId}
            onChange={(event) => setSearch(event.target.value === "" ? { tab } : { tab, source: event.target.value }, { replace: true })}
            data-testid="learned-source"
          >
            <option value="">All sources</option>
            {sources.map((source) => (
              <option key={source.id} value={source.id}>
                {source.name}
              </option>
            ))}
          </Select>
        )}
      </div>
      {tab === "words" && <WordsTab {...shared} />}
      {tab === "answers" && <AnswersTab {...shared} />}
      {tab === "thumbs" && <VerdictsTab />}
    </Page>
  );
}
