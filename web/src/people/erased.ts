import type { StoreErasure } from "@/gen/infinure/privacy/v1/personal_data_service_pb";

/** What became of somebody's records in one store. */
export function storeText(service: string, store: Pick<StoreErasure, "store" | "deletedCount" | "pseudonymisedCount" | "shreddedCount">): string {
  const counts: [bigint, string][] = [
    [store.deletedCount, "deleted"],
    [store.pseudonymisedCount, "left without a name"],
    [store.shreddedCount, "made unreadable"],
  ];
  const told = counts.filter(([count]) => count > 0n).map(([count, done]) => `${count.toLocaleString()} ${done}`);
  return `${service}, ${store.store}: ${told.join(", ") || "nothing was there"}`;
}
