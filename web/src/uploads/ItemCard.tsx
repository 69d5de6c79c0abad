import { useApp } from "@/app/context";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { FileIcon } from "@/ui/icons";
import { Notice } from "@/ui/Notice";
import { ProgressBar } from "@/ui/ProgressBar";
import { fractionOf, spokenState, stateText } from "./item-text";
import { isUnderWay, type Item } from "./queue";
import { TypesCheck } from "./TypesCheck";

interface Props {
  item: Item;
  /** While sources are made of the files nothing about them can change. */
  locked: boolean;
}

/** One file: how far it is, what went wrong, and once it is read its tables and types. */
export function ItemCard({ item, locked }: Props) {
  const { uploads } = useApp();
  const { id, file, phase, upload, draft, problem } = item;
  const running = isUnderWay(item);
  const fraction = phase === "sending" ? item.pace.sentBytes / Math.max(1, item.pace.totalBytes) : phase === "waiting" ? 0 : fractionOf(item.progress);
  return (
    <section className="rounded-xl border border-line bg-surface" aria-label={file.name} data-testid="upload-item" data-phase={phase}>
      <div className="flex items-center gap-3 px-4 py-3">
        <FileIcon className="size-5 shrink-0 text-ink-faint" />
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-medium" title={file.name}>
            {file.name}
          </h3>
          <p className="text-sm text-ink-soft tabular-nums" data-testid="upload-state">
            {stateText(item)}
          </p>
        </div>
        {(phase === "failed" || phase === "stopped") && (
          <Button size="small" onClick={() => uploads.retry(id)} data-testid="upload-retry">
            Try again
          </Button>
        )}
        {running ? (
          <Button look="quiet" size="small" onClick={() => uploads.stop(id)} aria-label={`Stop ${file.name}`} data-testid="upload-stop">
            Stop
          </Button>
        ) : (
          <Button look="quiet" size="small" disabled={locked} onClick={() => uploads.remove(id)} aria-label={`Remove ${file.name}`} data-testid="upload-remove">
            Remove
          </Button>
        )}
      </div>
      {running && <ProgressBar className="mx-4 mb-3" label={`${file.name}: ${phase === "preparing" ? "reading" : "sending"}`} fraction={fraction} />}
      {problem !== undefined && phase === "failed" && (
        <div className="px-4 pb-3">
          <Notice alert>
            {problemText(problem)}
            {problem.fields.map(({ field, description }) => (
              <p key={field + description}>{description}</p>
            ))}
          </Notice>
        </div>
      )}
      <p className="sr-only" role="status">
        {spokenState(item)}
      </p>
      {upload?.prepared === true && draft !== undefined && <TypesCheck item={item} upload={upload} draft={draft} disabled={locked || running} />}
    </section>
  );
}
