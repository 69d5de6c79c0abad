import { durationMs, timestampDate, type Duration, type Timestamp } from "@bufbuild/protobuf/wkt";
import type { ReadTable, Receipt } from "@/gen/infinure/ml_gateway/v1/receipt_pb";
import { surenessOf } from "./confidence";

/** On what the answer rests, so that it can be checked and made again. */
export function ReceiptList({ receipt }: { receipt: Receipt }) {
  const entries = linesOf(receipt).filter(([, value]) => value !== "");
  return (
    <div className="min-w-0">
      <h4 className="mb-2 font-semibold">Receipt</h4>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
        {entries.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-faint">{name}</dt>
            <dd className="mb-1 min-w-0 wrap-anywhere sm:mb-0">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function linesOf(receipt: Receipt): [string, string][] {
  const versions: [string, string][] = [
    ["Catalog version", receipt.catalogVersion],
    ["Semantic model version", receipt.semanticModelVersion],
    ["Policy version", receipt.policyVersion],
    ["Learned words’ version", receipt.learnedVersion],
  ];
  return [
    ["Scope", receipt.scopeNote],
    ["Source", receipt.sourceName],
    ["Tables", tablesText(receipt)],
    ["Rows in the result", receipt.sql === "" ? "" : receipt.rowCount.toLocaleString("en-US")],
    ["Data read at", moment(receipt.dataTime)],
    ["Time counted from", moment(receipt.referenceTime)],
    ["Time zone", receipt.timeZone],
    ["Confidence", confidenceText(receipt)],
    ["Read after", receipt.earlier.map((question) => `“${question}”`).join(", ")],
    ["Engine", `${receipt.engine} ${receipt.engineVersion}`.trim()],
    ["Planning took", milliseconds(receipt.planningDuration)],
    ["The query took", milliseconds(receipt.queryDuration)],
    ["Language-model tokens", receipt.tokensUsed > 0n ? receipt.tokensUsed.toLocaleString("en-US") : ""],
    ...versions,
    ["Plan", receipt.planFingerprint.slice(0, 16)],
  ];
}

/** The tables, with their sizes where the receipt has them: older ones have names alone. */
function tablesText({ tables, readTables }: Receipt): string {
  return tables.map((name) => `${name}${sizeText(readTables.find(({ table }) => table === name))}`).join(", ");
}

function sizeText(read: ReadTable | undefined): string {
  if (read?.rowCount === undefined) return "";
  return ` (${read.rowCountExact ? "" : "about "}${read.rowCount.toLocaleString("en-US")} ${read.rowCount === 1n ? "row" : "rows"})`;
}

function confidenceText({ confidence, bar, verifiedAnswerId }: Receipt): string {
  if (verifiedAnswerId !== "") return "Verified by a person";
  const sureness = surenessOf(confidence);
  if (sureness === undefined) return "";
  const needed = bar === undefined ? "" : `; what is below ${Math.round(bar * 100)} % isn’t answered`;
  return `${sureness.label} (${Math.round(confidence * 100)} %${needed})`;
}

function moment(time: Timestamp | undefined): string {
  return time ? timestampDate(time).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "long" }) : "";
}

function milliseconds(duration: Duration | undefined): string {
  if (duration === undefined) return "";
  const ms = durationMs(duration);
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
