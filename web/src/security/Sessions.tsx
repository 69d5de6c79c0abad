import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Session } from "@/gen/infinure/auth/v1/session_service_pb";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Waiting } from "@/ui/Spinner";
import { Section } from "./Section";
import { browserName, momentOf } from "./words";

const KEY = ["sessions"];

/** Where one is logged in. */
export function Sessions() {
  const { sessions } = useApp().clients;
  const queries = useQueryClient();
  const found = useQuery({ queryKey: KEY, queryFn: () => sessions.listSessions({}) });
  const revokeOthers = useMutation({
    mutationFn: () => sessions.revokeOtherSessions({}),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const open = found.data?.sessions ?? [];
  return (
    <Section title="Sessions" subtitle="Where you are logged in. A session ends after 8 hours, or 2 hours unused; a fourth login ends the oldest.">
      {found.isPending && <Waiting label="Loading" />}
      {found.isError && <Notice alert>{problemText(problemOf(found.error))}</Notice>}
      <ul className="divide-y divide-line">
        {open.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
      {revokeOthers.isError && <Notice alert>{problemText(problemOf(revokeOthers.error))}</Notice>}
      {open.some((session) => !session.current) && (
        <Button busy={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
          End all other sessions
        </Button>
      )}
    </Section>
  );
}

function Row({ session }: { session: Session }) {
  const { sessions } = useApp().clients;
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => sessions.revokeSession({ sessionId: session.id }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const { startTime, lastUseTime, ipAddress } = session;
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3" data-testid="session">
      <div className="min-w-0">
        <p className="font-medium">
          {browserName(session.userAgent)} {session.current && <Badge tone="accent">This session</Badge>}
        </p>
        <p className="text-sm text-ink-faint">
          {startTime && `Logged in ${momentOf(timestampDate(startTime))}`}
          {ipAddress && ` from ${ipAddress}`}
          {lastUseTime && `, last used ${momentOf(timestampDate(lastUseTime))}`}
        </p>
        {revoke.isError && <p className="text-sm text-danger">{problemText(problemOf(revoke.error))}</p>}
      </div>
      {!session.current && (
        <Button size="small" busy={revoke.isPending} onClick={() => revoke.mutate()}>
          End
        </Button>
      )}
    </li>
  );
}
