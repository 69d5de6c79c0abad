import { usePermission } from "@/app/context";
import type { Begun } from "@/benchmark/begun";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import type { Receipt } from "@/gen/infinure/ml_gateway/v1/receipt_pb";
import { ButtonLink } from "@/ui/Button";

/** The way to keep an answer that is right as a benchmark question. For who may, and for questions that mean something by themselves. */
export function ToBenchmark({ receipt, question }: { receipt: Receipt; question: string }) {
  const mayManage = usePermission(Permission.MANAGE_SOURCES);
  if (!mayManage || receipt.sql === "" || receipt.earlier.length > 0) return null;
  const begun: Begun = { question, sql: receipt.sql };
  return (
    <ButtonLink size="small" className="mt-2" to={`/sources/${receipt.sourceId}/benchmark`} state={begun} data-testid="to-benchmark">
      Add to the benchmark
    </ButtonLink>
  );
}
