import { useInfiniteQuery } from "@tanstack/react-query";
import type { AuditClient } from "@/api/clients";
import { useApp } from "@/app/context";
import type { ActivityFormat } from "@/gen/infinure/auth/v1/audit_service_pb";
import { filterOf, type Wanted } from "./wanted";

const PER_PAGE = 50;

export function useActivities(wanted: Wanted) {
  const { audit } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["activities", wanted],
    queryFn: ({ pageParam, signal }) => audit.listUserActivities({ filter: filterOf(wanted), pageSize: PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
}

/** The whole listing as a file's parts. A file that isn't whole is none: it throws. */
export async function exported(audit: Pick<AuditClient, "exportUserActivities">, format: ActivityFormat, wanted: Wanted): Promise<{ parts: string[]; count: number }> {
  const parts: string[] = [];
  let count: bigint | undefined;
  for await (const { event } of audit.exportUserActivities({ format, filter: filterOf(wanted) })) {
    if (event.case === "chunk") parts.push(event.value);
    if (event.case === "completed") count = event.value.activityCount;
  }
  if (count === undefined) throw new Error("the export was cut");
  return { parts, count: Number(count) };
}
