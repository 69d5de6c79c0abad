import { ColumnRole, type Catalog, type Column, type Table } from "@/gen/infinure/integration/v1/catalog_pb";

const MOST = 4;

/** First questions for a source that nobody wrote any for, from what its largest tables hold. */
export function examplesOf(catalog: Catalog): string[] {
  const shown = catalog.tables.filter((table) => !table.hiddenInPresentation && table.columns.length > 0);
  const bySize = shown.toSorted((a, b) => Number(b.rowCount - a.rowCount));
  const questions = bySize.slice(0, 2).map(questionsOf);
  // The first of each table before the second of any.
  const longest = Math.max(0, ...questions.map((own) => own.length));
  const inTurn = Array.from({ length: longest }, (_, place) => questions.flatMap((own) => own.slice(place, place + 1)));
  return [...new Set(inTurn.flat())].slice(0, MOST);
}

function questionsOf(table: Table): string[] {
  const shown = table.columns.filter((column) => !column.hiddenInPresentation && !column.sensitive);
  const measure = shown.find((column) => column.role === ColumnRole.MEASURE);
  const dimension = shown.find((column) => column.role === ColumnRole.DIMENSION);
  const rows = wordsOf(table);
  const questions = [`How many ${rows}?`];
  if (measure && dimension) questions.unshift(`Total ${wordsOf(measure)} by ${wordsOf(dimension)}`);
  else if (dimension) questions.unshift(`How many ${rows} by ${wordsOf(dimension)}`);
  else if (measure) questions.unshift(`Total ${wordsOf(measure)}`);
  const time = table.defaultTimeColumn !== "" || shown.some((column) => column.role === ColumnRole.TIME);
  if (time) questions.push(measure ? `Total ${wordsOf(measure)} by month` : `How many ${rows} by month`);
  return questions;
}

/** "orderLines" and "order_lines" are "order lines". */
function wordsOf({ name, label }: Table | Column): string {
  const words = label || name.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ").replaceAll(/[^\p{L}\p{N}]+/gu, " ");
  return words.trim().toLowerCase() || name;
}
