import { useEffect, useRef, type ReactNode } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { classes } from "@/ui/classes";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";

interface Pages {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props<T> {
  label: string;
  pages: Pages;
  entries: T[];
  idOf: (entry: T) => string;
  /** The entry that the address names: it is looked for on further pages, shown and marked. */
  sought: string;
  /** What is shown where there is nothing. */
  empty: ReactNode;
  children: (entry: T) => ReactNode;
}

/** A list that comes page by page. */
export function PagedList<T>({ label, pages, entries, idOf, sought, empty, children }: Props<T>) {
  const missing = sought !== "" && !entries.some((entry) => idOf(entry) === sought);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = pages;
  useEffect(() => {
    if (missing && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [missing, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  if (pages.isPending) return <Skeleton className="h-32 rounded-xl" />;
  return (
    <div className="grid gap-3">
      {isError && <Notice action={<Button size="small" onClick={() => pages.refetch()}>Try again</Button>}>{problemText(problemOf(pages.error))}</Notice>}
      {missing && !hasNextPage && !isError && <Notice tone="neutral">What you were led to is no longer here: it was deleted, or is about another source.</Notice>}
      {entries.length === 0 && !isError && empty}
      {entries.length > 0 && (
        <Card>
          <ul aria-label={label} className="divide-y divide-line">
            {entries.map((entry) => (
              <Entry key={idOf(entry)} marked={idOf(entry) === sought}>
                {children(entry)}
              </Entry>
            ))}
          </ul>
        </Card>
      )}
      {hasNextPage && (
        <Button look="quiet" size="small" className="justify-self-center" busy={isFetchingNextPage} onClick={() => fetchNextPage()} data-testid="more">
          Show more
        </Button>
      )}
    </div>
  );
}

function Entry({ marked, children }: { marked: boolean; children: ReactNode }) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (marked) element.current?.scrollIntoView({ block: "center" });
  }, [marked]);
  return (
    <li ref={element} className={classes("min-w-0 px-5 py-4 text-sm first:rounded-t-xl last:rounded-b-xl", marked && "bg-accent-soft/60")} aria-current={marked || undefined} data-testid="learned-entry">
      {children}
    </li>
  );
}

/** In place of a list without entries. */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong/60 px-6 py-12 text-center" data-testid="empty">
      <p className="font-medium">{title}</p>
      <p className="mx-auto mt-1 max-w-lg text-ink-soft">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
