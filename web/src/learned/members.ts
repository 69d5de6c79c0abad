import { useQuery } from "@tanstack/react-query";
import { useApp, useSignedIn } from "@/app/context";

const MOST_AT_ONCE = 100;
const NAMES_ARE_GOOD_FOR_MS = 10 * 60_000;

/** Gives people of the organization their names. Somebody who can't be found is "somebody". */
export function useNames(userIds: string[]): (userId: string) => string {
  const { users } = useApp().clients;
  const { user } = useSignedIn();
  const wanted = [...new Set(userIds)].filter((id) => id !== "" && id !== user.id).toSorted().slice(0, MOST_AT_ONCE);
  const query = useQuery({
    queryKey: ["members", wanted],
    queryFn: async ({ signal }) => (await users.batchGetMembers({ userIds: wanted }, { signal })).members,
    enabled: wanted.length > 0,
    staleTime: NAMES_ARE_GOOD_FOR_MS,
    placeholderData: (before) => before,
  });
  const names = new Map(query.data?.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`.trim()]));
  return (userId) => (userId === user.id ? "you" : names.get(userId) || "somebody");
}
