import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { ImportOutcome, type ImportedUser } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { countsOf, MOST_BYTES, outcomeText } from "./imported";
import { usePeopleChanged } from "./queries";

interface Chosen {
  name: string;
  csv: Uint8Array<ArrayBuffer>;
}

/** Invites everybody of a file: first it is shown what would be done. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { administration } = useApp().clients;
  const changed = usePeopleChanged();
  const picker = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen>();
  const [tooLarge, setTooLarge] = useState(false);
  const check = useMutation({ mutationFn: ({ csv }: Chosen) => administration.importUsers({ csv, validateOnly: true }) });
  const invite = useMutation({ mutationFn: ({ csv }: Chosen) => administration.importUsers({ csv }), onSettled: changed });
  const busy = check.isPending || invite.isPending;
  const rows = (invite.data ?? check.data)?.rows;
  const error = invite.error ?? check.error;
  const willInvite = check.data?.rows.filter((row) => row.outcome === ImportOutcome.INVITED).length ?? 0;

  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    check.reset();
    invite.reset();
    setTooLarge(file.size > MOST_BYTES);
    if (file.size > MOST_BYTES) return;
    const next = { name: file.name, csv: new Uint8Array(await file.arrayBuffer()) };
    setChosen(next);
    check.mutate(next);
  };

  return (
    <WideDialog
      open
      onClose={() => !busy && onClose()}
      title="Invite people from a file"
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose} disabled={busy}>
            {invite.isSuccess ? "Close" : "Cancel"}
          </Button>
          {!invite.isSuccess && (
            <Button look="primary" busy={invite.isPending} disabled={chosen === undefined || busy || willInvite === 0} onClick={() => chosen && invite.mutate(chosen)}>
              {willInvite > 0 ? `Invite ${willInvite}` : "Invite"}
            </Button>
          )}
        </div>
      }
    >
      <p className="text-ink-soft">
        A CSV file in UTF-8 whose first line names the columns: <code>email</code>, <code>first_name</code>, <code>last_name</code>, <code>role</code> (ceo, director, manager, analyst or viewer), and if you like <code>department</code> and <code>team</code>. At most 1,000 people. Whoever is in your organization already is left as they are.
      </p>
      <div className="my-4 flex items-center gap-3">
        <input ref={picker} type="file" accept=".csv,text/csv" className="hidden" tabIndex={-1} aria-label="List of people" onChange={(event) => void take(event.target.files?.[0])} onClick={(event) => (event.currentTarget.value = "")} />
        <Button busy={check.isPending} disabled={busy} onClick={() => picker.current?.click()}>
          Choose a file
        </Button>
        {chosen && <span className="truncate text-sm text-ink-faint">{chosen.name}</span>}
      </div>
      {tooLarge && <Notice alert>This file is too large for a list of 1,000 people. Split it.</Notice>}
      {error !== null && <Notice alert>{importProblem(error)}</Notice>}
      {rows && (
        <div aria-live="polite">
          <p className="mb-2 font-medium">{countsOf(rows, invite.isSuccess)}</p>
          <Report rows={rows} done={invite.isSuccess} />
        </div>
      )}
    </WideDialog>
  );
}

function Report({ rows, done }: { rows: ImportedUser[]; done: boolean }) {
  return (
    <table className="w-full text-left text-sm">
      <thead className="text-ink-faint">
        <tr>
          <th className="py-1.5 pr-4 font-medium">Line</th>
          <th className="py-1.5 pr-4 font-medium">E-mail</th>
          <th className="py-1.5 font-medium">{done ? "What was done" : "What will be done"}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line} className="border-t border-line" data-testid="imported">
            <td className="py-1.5 pr-4 tabular-nums">{row.line}</td>
            <td className="py-1.5 pr-4 wrap-anywhere">{row.email}</td>
            <td className={row.outcome === ImportOutcome.REFUSED ? "py-1.5 text-danger" : "py-1.5"}>{outcomeText(row, done)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the file needs is the server's to say. */
function importProblem(error: unknown): string {
  const problem = problemOf(error);
  return problem.reason === ErrorReason.IMPORT_INVALID ? `This file can’t be taken: ${problem.message}.` : problemText(problem);
}
