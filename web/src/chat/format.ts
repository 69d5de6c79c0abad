import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Grain, NumberStyle, ValueType, type Cell, type NumberFormat, type ResultColumn } from "@/gen/infinure/ml_gateway/v1/result_pb";

/** Figures and dates are written in the language of the page, as the answers' own sentences are. */
const LANGUAGE = "en-US";
const MISSING = "–";
const DEFAULT_FRACTION = 2;

/** How a cell is shown. */
export function formatCell(cell: Cell | undefined, column: ResultColumn): string {
  const value = cell?.value;
  switch (value?.case) {
    case undefined:
      return MISSING;
    case "boolean":
      return value.value ? "Yes" : "No";
    case "integer":
    case "number":
    case "decimal":
      return formatNumber(value.value, column.format, isWhole(column));
    case "text":
      return value.value;
    case "date":
      return formatDate(Date.parse(`${value.value}T00:00:00Z`), column.grain, false, value.value);
    case "time":
      return formatDate(timestampMs(value.value), column.grain, true, "");
  }
}

/** A cell as a number, for drawing and sorting; undefined if it is none. A decimal loses digits past the 15th. */
export function numberOf(cell: Cell | undefined): number | undefined {
  const value = cell?.value;
  switch (value?.case) {
    case "integer":
    case "number":
    case "decimal": {
      const number = Number(value.value);
      return Number.isFinite(number) ? number : undefined;
    }
    default:
      return undefined;
  }
}

/** A cell as it goes into a spreadsheet: unformatted. */
export function rawCell(cell: Cell | undefined): string {
  const value = cell?.value;
  if (value?.case === undefined) return "";
  return value.case === "time" ? new Date(timestampMs(value.value)).toISOString() : String(value.value);
}

export function formatNumber(value: number | bigint | string, format: NumberFormat | undefined, whole = false): string {
  const digits = format?.fractionDigits;
  const options: Intl.NumberFormatOptions = styleOf(format);
  if (digits !== undefined) Object.assign(options, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  else if (whole) options.maximumFractionDigits = 0;
  else if (options.style !== "currency") options.maximumFractionDigits = smallDigits(value, format);
  // A decimal's text is formatted exactly; as a number it would lose digits.
  const text = new Intl.NumberFormat(LANGUAGE, options).format(value as Intl.StringNumericLiteral);
  return format?.unit ? `${text} ${format.unit}` : text;
}

/** A short form for axes: 1.2M. */
export function formatTick(value: number, format: NumberFormat | undefined): string {
  const options: Intl.NumberFormatOptions = { ...styleOf(format), notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 };
  if (Math.abs(value) < 1 && value !== 0) options.maximumSignificantDigits = 2;
  return new Intl.NumberFormat(LANGUAGE, options).format(value);
}

export function isNumeric(column: ResultColumn): boolean {
  return column.type === ValueType.INTEGER || column.type === ValueType.NUMBER || column.type === ValueType.DECIMAL;
}

export function isTemporal(column: ResultColumn): boolean {
  return column.type === ValueType.DATE || column.type === ValueType.TIME;
}

function isWhole(column: ResultColumn): boolean {
  return column.type === ValueType.INTEGER && column.format?.style !== NumberStyle.PERCENT;
}

function styleOf(format: NumberFormat | undefined): Intl.NumberFormatOptions {
  switch (format?.style) {
    case NumberStyle.CURRENCY:
      // An unknown code would throw; such a figure is shown without one.
      return /^[A-Za-z]{3}$/.test(format.currency) ? { style: "currency", currency: format.currency } : {};
    case NumberStyle.PERCENT:
      return { style: "percent" };
    default:
      return {};
  }
}

/** Digits after the point where nobody said how many: two, or more where two would hide the figure. */
function smallDigits(value: number | bigint | string, format: NumberFormat | undefined): number {
  const size = Math.abs(Number(value));
  if (format?.style === NumberStyle.PERCENT) return 1;
  if (size === 0 || size >= 0.1) return DEFAULT_FRACTION;
  return Math.min(8, DEFAULT_FRACTION + Math.ceil(-Math.log10(size)));
}

const DATE: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };

function formatDate(ms: number, grain: Grain, isMoment: boolean, otherwise: string): string {
  if (Number.isNaN(ms)) return otherwise;
  const date = new Date(ms);
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LANGUAGE, { timeZone: "UTC", ...options }).format(date);
  switch (grain) {
    case Grain.YEAR:
      return write({ year: "numeric" });
    case Grain.QUARTER:
      return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${write({ year: "numeric" })}`;
    case Grain.MONTH:
      return write({ month: "short", year: "numeric" });
    case Grain.WEEK:
      return `Week of ${write(DATE)}`;
    case Grain.DAY:
      return write(DATE);
    case Grain.HOUR:
      return write({ ...DATE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    default:
      return write(isMoment ? { ...DATE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : DATE);
  }
}
