import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useApp } from "@/app/context";
import { Role } from "@/gen/infinure/auth/v1/user_pb";
import { UserState } from "@/gen/infinure/auth/v1/user_administration_service_pb";

const KEY = "people";
const PER_PAGE = 50;

/** Who is wanted; unspecified and "" for everybody. */
export interface Wanted {
  query: string;
  role: Role;
  state: UserState;
}

export const EVERYBODY: Wanted = { query: "", role: Role.UNSPECIFIED, state: UserState.UNSPECIFIED };

export function usePeople(wanted: Wanted) {
  const { administration } = useApp().clients;
  return useInfiniteQuery({
    queryKey: [KEY, wanted],
    queryFn: ({ pageParam, signal }) => administration.listUsers({ filter: wanted, pageSize: PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
    placeholderData: (shown) => shown,
  });
}

/** To be called once somebody was changed. */
export function usePeopleChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [KEY] });
}
