import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { ActivityFormat } from "@/gen/infinure/auth/v1/audit_service_pb";
import { Button } from "@/ui/Button";
import { saveFile } from "@/ui/save-file";
import { useToasts } from "@/ui/toasts";
import { exported } from "./queries";
import type { Wanted } from "./wanted";

const FILES = {
  [ActivityFormat.CSV]: { title: "Export CSV", ending: "csv", type: "text/csv" },
  [ActivityFormat.JSON_LINES]: { title: "Export JSON", ending: "jsonl", type: "application/jsonl" },
};
/** By it a spreadsheet program knows that the text is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Saves what the filters show, all pages of it. */
export function Exports({ wanted, disabled }: { wanted: Wanted; disabled: boolean }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Export format={ActivityFormat.CSV} wanted={wanted} disabled={disabled} />
      <Export format={ActivityFormat.JSON_LINES} wanted={wanted} disabled={disabled} />
    </div>
  );
}

function Export({ format, wanted, disabled }: { format: keyof typeof FILES; wanted: Wanted; disabled: boolean }) {
  const { audit } = useApp().clients;
  const queries = useQueryClient();
  const show = useToasts((toasts) => toasts.show);
  const { title, ending, type } = FILES[format];
  const save = useMutation({
    mutationFn: () => exported(audit, format, wanted),
    onSuccess: ({ parts, count }) => {
      saveFile(`audit-log-${new Date().toISOString().slice(0, 10)}.${ending}`, format === ActivityFormat.CSV ? [BYTE_ORDER_MARK, ...parts] : parts, type);
      show(`${count.toLocaleString()} ${count === 1 ? "activity was" : "activities were"} exported.`);
    },
    onError: (thrown) => show(problemText(problemOf(thrown)), "danger"),
    // The export itself stands in the log now.
    onSettled: () => queries.invalidateQueries({ queryKey: ["activities"] }),
  });
  return (
    <Button size="small" busy={save.isPending} disabled={disabled} onClick={() => save.mutate()}>
      {title}
    </Button>
  );
}
