import { useMemo, useState } from "react";
import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import type { SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { linksOf, type Link } from "./linking";

const AT_ONCE = 12;

/** The keys that questions are joined over, and those that they aren't. */
export function Links({ catalog, model, onOpen }: { catalog: Catalog; model: SemanticModel; onOpen: (link?: Link) => void }) {
  const [most, setMost] = useState(AT_ONCE);
  const links = useMemo(() => linksOf(model, catalog), [model, catalog]);
  return (
    <div>
      <h3 className="mb-1.5 font-medium">Keys between tables</h3>
      <ul className="grid divide-y divide-line">
        {links.slice(0, most).map((link) => (
          <li key={link.text} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5" data-testid="model-key">
            <span className="min-w-52 flex-1">
              <code className={link.off ? "font-mono text-xs wrap-anywhere text-ink-faint line-through" : "font-mono text-xs wrap-anywhere"}>{link.text}</code>
              {link.name !== "" && <span className="text-ink-soft"> as {link.name}</span>}
            </span>
            <Badge tone={link.off ? "warning" : "neutral"}>{link.off ? "Not joined over" : link.origin}</Badge>
            {link.draft && (
              <Button size="small" look="quiet" onClick={() => onOpen(link)} aria-label={`Edit the key ${link.text}`} data-testid="edit-key">
                Edit
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-1 flex flex-wrap gap-2">
        {links.length > most && (
          <Button look="quiet" size="small" onClick={() => setMost(most + 4 * AT_ONCE)}>
            Show more keys ({(links.length - most).toLocaleString("en-US")})
          </Button>
        )}
        <Button size="small" look="quiet" onClick={() => onOpen()} data-testid="add-key">
          Add a key
        </Button>
      </div>
    </div>
  );
}
