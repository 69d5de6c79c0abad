import { useSignedIn, usePermission } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { SourceState, type Source } from "@/gen/infinure/integration/v1/source_pb";
import { ButtonLink } from "@/ui/Button";
import { DatabaseIcon } from "@/ui/icons";
import { UploadButton } from "@/uploads/UploadButton";
import { examplesOf } from "./examples";
import { useCatalog, useSources } from "./queries";

const MOST_SUGGESTIONS = 6;

interface Props {
  sources: Source[];
  chosen: string;
  onAsk: (question: string) => void;
}

/** What an empty conversation shows: first questions, or what is needed before there can be any. */
export function Welcome({ sources, chosen, onAsk }: Props) {
  const { user } = useSignedIn();
  const query = useSources();
  const mayConnect = usePermission(Permission.MANAGE_SOURCES);
  const asked = sources.filter((source) => source.state === SourceState.READY && (chosen === "" || source.id === chosen));
  const written = [...new Set(asked.flatMap((source) => source.suggestedQuestions))].slice(0, MOST_SUGGESTIONS);
  // Where nobody wrote first questions, what the one source holds gives some.
  const only = asked.length === 1 ? asked[0] : undefined;
  const catalog = useCatalog(written.length === 0 ? only?.id : undefined);
  const suggestions = written.length > 0 || !catalog.data ? written : examplesOf(catalog.data);
  const noSource = query.isSuccess && sources.length === 0;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col justify-center px-4 py-8">
        <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
          {user.firstName ? `What would you like to know, ${user.firstName}?` : "What would you like to know?"}
        </h1>
        <p className="mt-2 text-ink-soft">
          {noSource
            ? "Nothing can be answered yet: there is no data. Upload a file or drop it here, or connect a database."
            : chosen !== "" && only
              ? `Ask about ${only.name} in plain words. Every answer shows how it was made.`
              : "Ask in plain words. Every answer shows how it was made."}
        </p>
        {noSource && mayConnect && (
          <div className="mt-6 flex flex-wrap gap-3">
            <UploadButton place={{ kind: "chat", conversationId: undefined }} look="primary" />
            <ButtonLink to="/sources/new">
              <DatabaseIcon className="size-4.5" /> Connect a database
            </ButtonLink>
          </div>
        )}
        {noSource && !mayConnect && <p className="mt-2 text-ink-soft">Ask the person who manages your organization to add some.</p>}
        {suggestions.length > 0 && (
          <ul className="mt-7 grid gap-2.5 sm:grid-cols-2" aria-label="Suggested questions">
            {suggestions.map((question) => (
              <li key={question}>
                <button
                  type="button"
                  data-testid="suggested-question"
                  onClick={() => onAsk(question)}
                  className="h-full w-full rounded-xl border border-line bg-surface px-4 py-3 text-left text-ink-soft shadow-card transition-colors hover:border-accent hover:text-ink"
                >
                  {question}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
