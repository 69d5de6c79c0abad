import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useNavigate } from "react-router";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { useSources } from "@/chat/queries";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { SourceState, type Source } from "@/gen/infinure/integration/v1/source_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, Select, TextArea } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { NAME_PATTERN } from "@/uploads/loads";
import { resultOf } from "@/uploads/stream";
import { useWork } from "@/uploads/useWork";
import { WorkProgress } from "@/uploads/WorkProgress";

const MOST_BYTES = 65_536;
const FORM = "load-query";

/** Loads the result of a query on any source into the warehouse. */
export default function LoadQueryDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const { warehouse } = useApp().clients;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const show = useToasts((toasts) => toasts.show);
  const sources = (useSources().data ?? []).filter((one) => one.state === SourceState.READY);
  const work = useWork();
  const [sourceId, setSourceId] = useState(source.id);
  const [sql, setSql] = useState("");
  const [table, setTable] = useState("");
  const [replace, setReplace] = useState(false);
  const nameTaken = work.problem?.reason === ErrorReason.WAREHOUSE_TABLE_EXISTS ? problemText(work.problem) : undefined;
  const nameWrong = table !== "" && !NAME_PATTERN.test(table);
  const tooLong = new TextEncoder().encode(sql).length > MOST_BYTES;
  const loadable = sql.trim() !== "" && !tooLong && table !== "" && !nameWrong;

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!loadable || work.running) return;
    const request = { table, replace, from: { case: "query" as const, value: { sourceId, sql } } };
    const made = await work.run((onProgress, signal) => resultOf<{ case: "source"; value: Source }>(warehouse.loadTable(request, { signal }), onProgress));
    if (made === undefined) return;
    queries.setQueryData(["source", made.id], made);
    await Promise.all([["catalog", made.id], ["sources"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    show(`${table} is in the warehouse.`);
    onClose();
    await navigate(`/sources/${made.id}`);
  };

  return (
    <WideDialog
      open
      onClose={() => !work.running && onClose()}
      title="Load a query’s result into the warehouse"
      foot={
        work.running ? (
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4">
            <WorkProgress label="Loading into the warehouse" progress={work.progress} />
            <Button onClick={work.stop}>Stop</Button>
          </div>
        ) : (
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={FORM} look="primary" disabled={!loadable} data-testid="load-query-submit">
              Load
            </Button>
          </div>
        )
      }
    >
      <form id={FORM} onSubmit={submit} noValidate>
        <fieldset disabled={work.running} className="grid min-w-0 gap-4">
          <legend className="sr-only">Query and table</legend>
          <Field label="Source" hint="Your own rights hold: what you may not see isn’t loaded.">
            {(control) => (
              <Select {...control} value={sourceId} onChange={(event) => setSourceId(event.target.value)}>
                {sources.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Query" hint="One SELECT in the source’s own dialect." error={tooLong ? "At most 64 KiB." : undefined}>
            {(control) => (
              <TextArea {...control} autoFocus rows={7} className="font-mono text-[0.8125rem]" autoCapitalize="off" spellCheck={false} value={sql} onChange={(event) => setSql(event.target.value.replaceAll("\0", ""))} data-testid="load-query-sql" />
            )}
          </Field>
          <Field label="Table in the warehouse" error={nameWrong ? "Letters, digits and underscores, not a digit first." : nameTaken}>
            {(control) => (
              <Input {...control} className="font-mono" autoCapitalize="off" spellCheck={false} maxLength={128} value={table} onChange={(event) => setTable(event.target.value)} data-testid="load-query-table" />
            )}
          </Field>
          <label className="flex w-fit items-center gap-2 text-sm">
            <input type="checkbox" className="size-4 accent-accent" checked={replace} onChange={(event) => setReplace(event.target.checked)} />
            Replace a table of this name
          </label>
          {work.problem && nameTaken === undefined && <Notice alert>{problemText(work.problem)}</Notice>}
        </fieldset>
      </form>
    </WideDialog>
  );
}
