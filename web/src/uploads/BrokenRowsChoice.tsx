import { BrokenRows, type Upload } from "@/gen/infinure/integration/v1/upload_pb";
import { Radio } from "@/ui/Radio";
import { Notice } from "@/ui/Notice";
import { count } from "./item-text";
import type { Draft } from "./reading";

interface Props {
  upload: Upload;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** Rows that can't be read: how many, the first of them, and what becomes of them. */
export function BrokenRowsChoice({ upload, draft, onChange }: Props) {
  const total = upload.tables.reduce((sum, table) => sum + table.brokenRowCount, 0n);
  const manyTables = upload.tables.length > 1;
  const shown = upload.tables.flatMap((table) => table.brokenRows.map((row) => ({ ...row, table: table.name })));
  return (
    <div className="grid gap-3" data-testid="broken-rows">
      <Notice tone="warning">{count(total, "row")} can’t be read.</Notice>
      <details className="text-sm">
        <summary className="w-fit rounded text-ink-soft hover:text-ink">
          Show {BigInt(shown.length) < total ? `the first ${shown.length}` : total === 1n ? "it" : "them"}
        </summary>
        <div className="mt-2 overflow-x-auto">
          <table className="w-full text-left">
            <thead className="text-ink-faint">
              <tr>
                {[...(manyTables ? ["Table"] : []), "Line", "Problem", "Text"].map((title) => (
                  <th key={title} scope="col" className="border-b border-line py-1.5 pr-4 font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, index) => (
                <tr key={index} className="border-b border-line/60 align-top last:border-0">
                  {manyTables && <td className="py-1.5 pr-4">{row.table}</td>}
                  <td className="py-1.5 pr-4 tabular-nums">{row.line === 0n ? "–" : row.line.toLocaleString("en-US")}</td>
                  <td className="py-1.5 pr-4">{row.problem}</td>
                  <td className="py-1.5 wrap-anywhere">
                    <code className="font-mono text-xs whitespace-pre-wrap text-ink-soft">{row.text}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <div role="radiogroup" aria-label="Rows that can’t be read" className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <Radio name={`broken-${upload.id}`} checked={draft.brokenRows !== BrokenRows.REFUSE} onChoose={() => onChange({ brokenRows: BrokenRows.SKIP })}>
          Leave them out
        </Radio>
        <Radio name={`broken-${upload.id}`} checked={draft.brokenRows === BrokenRows.REFUSE} onChoose={() => onChange({ brokenRows: BrokenRows.REFUSE })}>
          Refuse the file
        </Radio>
      </div>
    </div>
  );
}
