import { clone, create } from "@bufbuild/protobuf";
import { ColumnType, type Catalog, type Table } from "@/gen/infinure/integration/v1/catalog_pb";
import {
  ColumnMeaningSchema,
  SemanticModelSchema,
  TableMeaningSchema,
  Weekday,
  type ColumnMeaning,
  type MetricDefinition,
  type SemanticModel,
  type TableMeaning,
} from "@/gen/infinure/integration/v1/semantic_model_pb";

const DATES: ReadonlySet<ColumnType> = new Set([ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_TZ]);

/** What is typed into a field of words: parted by commas or lines, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== ""))];
}

export function textOf(words: readonly string[]): string {
  return words.join(", ");
}

/** Whether a model says anything. */
export function isEmpty(model: SemanticModel): boolean {
  return [model.tables, model.relationships, model.metrics, model.glossary, model.questions].every((part) => part.length === 0) && model.name + model.description + model.currency === "" && model.weekStart === Weekday.UNSPECIFIED && model.fiscalYearFirstMonth === 0;
}

/** What the model says of a table; a fresh one where it says nothing. Tables may be written without their schema. */
export function meaningOf(model: SemanticModel, catalog: Catalog, table: Table): TableMeaning {
  return model.tables.find((one) => isOf(one, catalog, table)) ?? create(TableMeaningSchema, { schema: isHome(catalog, table) ? "" : table.schema, table: table.name });
}

function isOf(meaning: TableMeaning, catalog: Catalog, table: Table): boolean {
  return meaning.table === table.name && (meaning.schema === table.schema || (meaning.schema === "" && isHome(catalog, table)));
}

/** Whether the bare name means this table: the only one of that name, or the one of PostgreSQL's home schema. */
export function isHome(catalog: Catalog, table: Pick<Table, "schema" | "name">): boolean {
  return (catalog.dialect === "postgres" && table.schema === "public") || catalog.tables.filter(({ name }) => name === table.name).length === 1;
}

export function columnOf(meaning: TableMeaning, column: string): ColumnMeaning {
  return meaning.columns.find((one) => one.column === column) ?? create(ColumnMeaningSchema, { column });
}

/** The meaning of a table with that of one column changed; what says nothing any more is left out. */
export function withColumn(meaning: TableMeaning, column: string, change: Partial<Pick<ColumnMeaning, "hidden" | "synonyms">>): TableMeaning {
  const changed = Object.assign(clone(ColumnMeaningSchema, columnOf(meaning, column)), change);
  const known = meaning.columns.some((one) => one.column === column);
  const columns = known ? meaning.columns.map((one) => (one.column === column ? changed : one)) : [...meaning.columns, changed];
  return { ...meaning, columns: columns.filter(columnSays) };
}

function columnSays(one: ColumnMeaning): boolean {
  return one.hidden || one.style !== undefined || one.values.length + one.synonyms.length > 0 || one.label + one.description !== "";
}

function tableSays(one: TableMeaning): boolean {
  return one.hidden || one.columns.length + one.synonyms.length > 0 || [one.label, one.description, one.timeColumn, one.labelColumn].some((text) => text !== "");
}

/** The model with another meaning of a table. */
export function withTable(model: SemanticModel, meaning: TableMeaning): SemanticModel {
  const changed = clone(SemanticModelSchema, model);
  const place = changed.tables.findIndex((one) => one.schema === meaning.schema && one.table === meaning.table);
  if (place < 0) changed.tables.push(meaning);
  else changed.tables[place] = meaning;
  changed.tables = changed.tables.filter(tableSays);
  return changed;
}

/** The model with a metric in the place of the one called `name`, or added where there is none. */
export function withMetric(model: SemanticModel, name: string | undefined, metric: MetricDefinition): SemanticModel {
  const changed = clone(SemanticModelSchema, model);
  const place = changed.metrics.findIndex((one) => one.name === name);
  if (place < 0) changed.metrics.push(metric);
  else changed.metrics[place] = metric;
  return changed;
}

export function withoutMetric(model: SemanticModel, name: string): SemanticModel {
  const changed = clone(SemanticModelSchema, model);
  changed.metrics = changed.metrics.filter((one) => one.name !== name);
  return changed;
}

/** A metric with only the fields of its kind: what was typed for the other one goes. */
export function ofKind(metric: MetricDefinition, isRatio: boolean): MetricDefinition {
  return isRatio ? { ...metric, schema: "", table: "", expression: "", filter: "", timeColumn: "" } : { ...metric, numerator: "", denominator: "" };
}

/** The columns that can be a table's date. */
export function datesOf(table: Table): string[] {
  return table.columns.filter((column) => DATES.has(column.type)).map((column) => column.name);
}

/** A table's meaning in a line, for the list. */
export function summaryOf(meaning: TableMeaning): string {
  const hidden = meaning.columns.filter((column) => column.hidden).length;
  const said = [
    meaning.synonyms.length > 0 ? `also ${textOf(meaning.synonyms)}` : "",
    meaning.timeColumn === "" ? "" : `dated by ${meaning.timeColumn}`,
    hidden > 0 ? `${hidden} hidden ${hidden === 1 ? "column" : "columns"}` : "",
  ];
  return said.filter((part) => part !== "").join(" · ");
}

/** Names that a metric's key can't be. */
export const METRIC_NAME = /^[a-z][a-z0-9_]{0,62}$/;
