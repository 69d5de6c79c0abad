import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ActivityFilterSchema } from "@/gen/infinure/auth/v1/activity_pb";
import { actionsNamed } from "./actions";

/** What is looked for, as the address and the fields have it; empty for what doesn't matter. */
export interface Wanted {
  /** A person's id. */
  who: string;
  /** A group of actions or an action. */
  what: string;
  /** The first day, as 2026-01-31, in the browser's time zone. */
  from: string;
  /** The last day, itself included. */
  to: string;
}

export const ALL: Wanted = { who: "", what: "", from: "", to: "" };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function wantedOf(search: URLSearchParams): Wanted {
  const of = (name: keyof Wanted) => search.get(name) ?? "";
  const who = of("who");
  return { who: UUID.test(who) ? who : "", what: actionsNamed(of("what")).length > 0 ? of("what") : "", from: of("from"), to: of("to") };
}

export function searchOf(wanted: Wanted): Record<string, string> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ""));
}

export function isAll(wanted: Wanted): boolean {
  return Object.keys(searchOf(wanted)).length === 0;
}

/** For the server: days become the moments at which they begin here, the last one the beginning of the next. */
export function filterOf(wanted: Wanted): MessageInitShape<typeof ActivityFilterSchema> {
  const start = beginning(wanted.from, 0);
  const end = beginning(wanted.to, 1);
  return {
    userId: wanted.who,
    actions: actionsNamed(wanted.what),
    ...(start && { startTime: timestampFromDate(start) }),
    ...(end && { endTime: timestampFromDate(end) }),
  };
}

/** True where the last day is before the first. */
export function isBackwards({ from, to }: Wanted): boolean {
  const first = beginning(from, 0);
  const last = beginning(to, 0);
  return first !== undefined && last !== undefined && last < first;
}

/** When a day begins here, or one some days later; undefined for what is no day, or a year that is still being typed. */
function beginning(day: string, later: number): Date | undefined {
  const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined || year < 1971 || year > 9997) return undefined;
  return new Date(year, month - 1, date + later);
}
