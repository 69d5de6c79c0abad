import { useApp } from "@/app/context";
import { FileFormat, type Upload } from "@/gen/infinure/integration/v1/upload_pb";
import type { Item } from "./queue";
import type { Draft, TableDraft } from "./reading";
import { BrokenRowsChoice } from "./BrokenRowsChoice";
import { ReadingOptions } from "./ReadingOptions";
import { TableCheck } from "./TableCheck";

interface Props {
  item: Item;
  upload: Upload;
  draft: Draft;
  disabled: boolean;
}

const WITH_OPTIONS: FileFormat[] = [FileFormat.CSV, FileFormat.EXCEL];
/** Tables beyond this are closed at first. */
const OPEN_TABLES = 3;

/** What a file was read as, to be checked and corrected. */
export function TypesCheck({ item, upload, draft, disabled }: Props) {
  const { uploads } = useApp();
  const edit = (change: Partial<Draft>) => uploads.edit(item.id, { ...draft, ...change });
  const editTable = (index: number, table: TableDraft) => edit({ tables: draft.tables.map((other, place) => (place === index ? table : other)) });
  const broken = upload.tables.some((table) => table.brokenRowCount > 0n);
  return (
    <fieldset disabled={disabled} className="grid min-w-0 gap-4 border-t border-line px-4 py-4" data-testid="types-check">
      <legend className="sr-only">Tables and types of {upload.fileName}</legend>
      {WITH_OPTIONS.includes(upload.format) && <ReadingOptions upload={upload} draft={draft} onChange={edit} />}
      {broken && <BrokenRowsChoice upload={upload} draft={draft} onChange={edit} />}
      {upload.tables.map((table, index) => {
        const own = draft.tables[index];
        return own && <TableCheck key={`${index} ${table.origin}`} table={table} draft={own} startsOpen={index < OPEN_TABLES} alone={upload.tables.length === 1} onChange={(changed) => editTable(index, changed)} />;
      })}
    </fieldset>
  );
}
