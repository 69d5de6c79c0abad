import { classes } from "./classes";
import { DownIcon } from "./icons";

interface Props {
  label: string;
  columns: { title: string; right: boolean }[];
  rows: string[][];
  sorting?: { column: number; descending: boolean } | undefined;
  onSort?: (column: number) => void;
}

/** A table of texts that scrolls sideways inside itself; its headings sort. */
export function DataTable({ label, columns, rows, sorting, onSort }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
    <div className="max-h-[28rem] overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full border-collapse text-sm">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {columns.map((column, index) => {
              const own = sorting?.column === index ? sorting : undefined;
              return (
                <th
                  key={index}
                  scope="col"
                  aria-sort={own ? (own.descending ? "descending" : "ascending") : undefined}
                  className={classes("border-b border-line p-0 font-medium text-ink-soft", column.right ? "text-right" : "text-left")}
                >
                  <button
                    type="button"
                    className={classes("inline-flex w-full items-center gap-1 px-4 py-2 whitespace-nowrap hover:text-ink -outline-offset-2", column.right && "flex-row-reverse")}
                    onClick={() => onSort?.(index)}
                  >
                    {column.title}
                    <DownIcon className={classes("size-3.5", own === undefined && "invisible", own?.descending === false && "rotate-180")} />
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b border-line/60 last:border-0 hover:bg-hover/50">
              {row.map((text, column) => (
                <td key={column} className={classes("max-w-md truncate px-4 py-1.5", columns[column]?.right && "text-right tabular-nums")} title={text.length > 60 ? text : undefined}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
