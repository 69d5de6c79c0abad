import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useEffect, useState } from "react";
import { useCatalog } from "@/chat/queries";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { agoText, newestData } from "./source-text";

const EVERY_MS = 30_000;

/** How fresh the source is: when its tables were last read, and the newest moment that its data holds. */
export function Freshness({ source }: { source: Source }) {
  const now = useNow();
  const catalog = useCatalog(source.id).data;
  const readTime = catalog?.readTime ?? source.catalogTime;
  const newest = catalog && newestData(catalog);
  return (
    <>
      <div data-testid="freshness">
        <dt className="text-ink-faint">Tables read</dt>
        <dd>
          <time dateTime={readTime && timestampDate(readTime).toISOString()} title={readTime && timestampDate(readTime).toLocaleString("en-US")}>
            {agoText(readTime, now)}
          </time>
        </dd>
      </div>
      {newest && (
        <div data-testid="newest-data">
          <dt className="text-ink-faint">Newest data</dt>
          <dd className="wrap-anywhere">
            {newest.time} <span className="text-ink-faint">in {newest.table}</span>
          </dd>
        </div>
      )}
    </>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
