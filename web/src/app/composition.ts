import { QueryClient } from "@tanstack/react-query";
import { bearer } from "@/api/bearer";
import { openAuthClient, openClients, openEmailClient, openSingleSignOnClient, type Clients, type EmailClient } from "@/api/clients";
import { isTransient, problemOf } from "@/api/problem";
import { browserPorts } from "@/auth/browser";
import { openSession, type Session } from "@/auth/session";
import { openAnswers, type Answers } from "@/chat/answers";
import { newId } from "@/chat/ids";
import { patiently } from "@/chat/patience";
import { useIntake } from "@/uploads/intake";
import { openQueue, type Queue } from "@/uploads/queue";
import { openSend } from "@/uploads/send";

/** Everything that the pages share, made in one place. */
export interface App {
  session: Session;
  emails: EmailClient;
  clients: Clients;
  queries: QueryClient;
  answers: Answers;
  uploads: Queue;
}

const READ_ATTEMPTS = 3;

export function compose(baseUrl: string): App {
  const session: Session = openSession({ auth: openAuthClient(baseUrl), signOn: openSingleSignOnClient(baseUrl), ...browserPorts(() => void session.resume()) });
  const clients = openClients(baseUrl, [bearer(session)]);
  const queries = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: (failures, thrown) => failures < READ_ATTEMPTS && isTransient(problemOf(thrown)) },
    },
  });
  const answers = openAnswers({
    chat: clients.chat,
    patience: patiently,
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    onEnded: (conversationId) => {
      void queries.invalidateQueries({ queryKey: ["messages", conversationId] });
      void queries.invalidateQueries({ queryKey: ["conversations"] });
    },
  });
  // eslint-disable-next-line no-restricted-globals -- the one request that is written by hand
  const send = openSend(baseUrl, session, () => new XMLHttpRequest());
  const uploads = openQueue({ send, sources: clients.sources, now: () => Date.now(), newId });
  forgetOnChangeOfUser(session, queries, answers, uploads);
  return { session, emails: openEmailClient(baseUrl), clients, queries, answers, uploads };
}

/** What one user read must not be there for the next, in this tab or after a login in another. */
function forgetOnChangeOfUser(session: Session, queries: QueryClient, answers: Answers, uploads: Queue): void {
  session.state.subscribe((now, before) => {
    const userBefore = before.status === "signed-in" ? before.user.id : undefined;
    const userNow = now.status === "signed-in" ? now.user.id : undefined;
    if (userBefore === undefined || userBefore === userNow) return;
    answers.forget();
    uploads.forget();
    useIntake.getState().close();
    queries.clear();
  });
}
