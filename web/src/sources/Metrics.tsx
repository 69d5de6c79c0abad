import type { Metric } from "@/gen/infinure/integration/v1/catalog_pb";
import { Card } from "@/ui/Card";

/** The figures that the semantic model names. */
export function Metrics({ metrics }: { metrics: Metric[] }) {
  return (
    <section aria-labelledby="metrics">
      <h2 id="metrics" className="mb-3 text-lg font-semibold">
        Metrics <span className="font-normal text-ink-faint tabular-nums">{metrics.length}</span>
      </h2>
      <div className="grid gap-3 sm:grid-cols-2">
        {metrics.map((metric) => (
          <Card key={metric.name} className="min-w-0 px-4 py-3 text-sm" data-testid="catalog-metric">
            <h3 className="font-medium">{metric.label || metric.name}</h3>
            {metric.description !== "" && <p className="text-ink-soft">{metric.description}</p>}
            <code className="mt-1 block font-mono text-xs wrap-anywhere text-ink-faint">
              {metric.numerator === "" ? metric.expression : `${metric.numerator} / ${metric.denominator}`}
              {metric.filter !== "" && ` where ${metric.filter}`}
            </code>
          </Card>
        ))}
      </div>
    </section>
  );
}
