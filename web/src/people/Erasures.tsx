import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useQuery } from "@tanstack/react-query";
import { useApp } from "@/app/context";
import { ErasureState, type Erasure } from "@/gen/infinure/auth/v1/privacy_service_pb";
import type { StoreErasure } from "@/gen/infinure/privacy/v1/personal_data_service_pb";
import { momentOf } from "@/security/words";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { storeText } from "./erased";

export const ERASURES = ["erasures"];
const LOOK_EVERY_MS = 3000;

/** Who was erased or is about to be, with what every service says of it; nothing where nobody was. */
export function Erasures() {
  const { privacy } = useApp().clients;
  const found = useQuery({
    queryKey: ERASURES,
    queryFn: () => privacy.listErasures({}),
    refetchInterval: (query) => (query.state.data?.erasures.some((one) => one.state === ErasureState.RUNNING) ? LOOK_EVERY_MS : false),
  });
  const erasures = found.data?.erasures ?? [];
  if (erasures.length === 0) return null;
  return (
    <section className="mt-8" aria-label="Erased people">
      <h2 className="mb-3 text-lg font-semibold">Erased people</h2>
      <Card>
        <ul className="divide-y divide-line">
          {erasures.map((erasure) => (
            <Row key={erasure.id} erasure={erasure} />
          ))}
        </ul>
      </Card>
    </section>
  );
}

function Row({ erasure }: { erasure: Erasure }) {
  const { state, requestTime, completeTime, lastProblem, evidence, attemptCount } = erasure;
  const done = state === ErasureState.DONE;
  return (
    <li className="px-5 py-3.5" data-testid="erasure">
      <p className="flex flex-wrap items-center gap-2">
        <code className="text-sm wrap-anywhere">{erasure.userId}</code>
        <Badge tone={done ? "success" : "warning"}>{done ? "Erased" : "Being erased"}</Badge>
      </p>
      <p className="text-sm text-ink-faint">
        {requestTime && `Asked for ${momentOf(timestampDate(requestTime))}`}
        {completeTime && `, done ${momentOf(timestampDate(completeTime))}`}
        {!done && lastProblem && `. Tried ${attemptCount.toLocaleString()} times; waiting for ${lastProblem.split(":")[0]}`}
      </p>
      {evidence.length > 0 && (
        <details className="mt-1 text-sm">
          <summary className="cursor-pointer text-ink-soft">Evidence</summary>
          <ul className="mt-1 grid gap-0.5 text-ink-faint">
            {evidence.flatMap(({ service, stores }) => stores.map((store: StoreErasure) => <li key={`${service} ${store.store}`}>{storeText(service, store)}</li>))}
          </ul>
        </details>
      )}
    </li>
  );
}
