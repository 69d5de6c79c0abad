import { create } from "@bufbuild/protobuf";
import { NumberFormat, NumberStyleSchema, type NumberStyle } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";

interface Props {
  style: NumberStyle | undefined;
  /** The model's own currency, where it has one. */
  currency: string;
  onChange: (style: NumberStyle | undefined) => void;
}

const FORMATS: [NumberFormat, string][] = [
  [NumberFormat.NUMBER, "A number"],
  [NumberFormat.INTEGER, "A whole number"],
  [NumberFormat.CURRENCY, "Money"],
  [NumberFormat.PERCENT, "A percentage (0.25 is 25 %)"],
];

/** How a figure is written: its kind, and what is counted in. */
export function MetricStyle({ style, currency, onChange }: Props) {
  const format = style?.format || NumberFormat.NUMBER;
  const isMoney = format === NumberFormat.CURRENCY;
  const made = (fields: Partial<Pick<NumberStyle, "format" | "currency" | "unit">>) => onChange(create(NumberStyleSchema, { format, ...fields }));
  return (
    <>
      <Field label="Written as">
        {(control) => (
          <Select {...control} value={format} onChange={(event) => made({ format: Number(event.target.value) })} data-testid="metric-format">
            {FORMATS.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {isMoney && (
        <Field label="Currency" optional={currency !== ""} hint="Three letters, such as EUR.">
          {(control) => (
            <Input {...control} className="font-mono" maxLength={3} placeholder={currency} autoCapitalize="characters" spellCheck={false} value={style?.currency ?? ""} onChange={(event) => made({ currency: event.target.value.toUpperCase() })} data-testid="metric-currency" />
          )}
        </Field>
      )}
      {(format === NumberFormat.NUMBER || format === NumberFormat.INTEGER) && (
        <Field label="Unit" optional hint="Such as kg.">
          {(control) => <Input {...control} maxLength={20} value={style?.unit ?? ""} onChange={(event) => made({ unit: event.target.value })} data-testid="metric-unit" />}
        </Field>
      )}
    </>
  );
}
