import { FileFormat, type Upload } from "@/gen/infinure/integration/v1/upload_pb";
import { Field } from "@/ui/Field";
import { Select } from "@/ui/Input";
import type { Draft } from "./reading";

const DELIMITERS: [string, string][] = [
  [",", "Comma ,"],
  [";", "Semicolon ;"],
  ["\t", "Tab"],
  ["|", "Bar |"],
  [":", "Colon :"],
  [" ", "Space"],
];
const ENCODINGS = [
  "utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "macintosh", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr",
];

interface Props {
  upload: Upload;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** How the text is cut into cells; what isn't chosen is found out from the file. */
export function ReadingOptions({ upload, draft, onChange }: Props) {
  const found = upload.reading;
  const csv = upload.format === FileFormat.CSV;
  const delimiters = withOwn(DELIMITERS, draft.delimiter);
  const encodings = withOwn(ENCODINGS.map((name): [string, string] => [name, name]), draft.encoding);
  const headerFound = found?.hasHeader === undefined ? "" : ` (${found.hasHeader ? "yes" : "no"})`;
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {csv && (
        <Field label="Cells are parted by">
          {(control) => (
            <Select {...control} value={draft.delimiter} onChange={(event) => onChange({ delimiter: event.target.value })} data-testid="delimiter">
              <option value="">{asFound(delimiterName(found?.delimiter ?? ""))}</option>
              {delimiters.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {csv && (
        <Field label="Encoding">
          {(control) => (
            <Select {...control} value={draft.encoding} onChange={(event) => onChange({ encoding: event.target.value })} data-testid="encoding">
              <option value="">{asFound(found?.encoding ?? "")}</option>
              {encodings.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label="First row names the columns">
        {(control) => (
          <Select
            {...control}
            value={draft.hasHeader === undefined ? "" : draft.hasHeader ? "yes" : "no"}
            onChange={(event) => onChange({ hasHeader: event.target.value === "" ? undefined : event.target.value === "yes" })}
            data-testid="has-header"
          >
            <option value="">As found{draft.hasHeader === undefined ? headerFound : ""}</option>
            <option value="yes">Yes</option>
            <option value="no">No</option>
          </Select>
        )}
      </Field>
    </div>
  );
}

function asFound(found: string): string {
  return found === "" ? "As found" : `As found (${found})`;
}

function delimiterName(delimiter: string): string {
  return DELIMITERS.find(([value]) => value === delimiter)?.[1].toLowerCase() ?? delimiter;
}

/** What was chosen elsewhere can be seen here too. */
function withOwn(options: [string, string][], own: string): [string, string][] {
  return own === "" || options.some(([value]) => value === own) ? options : [...options, [own, own]];
}
