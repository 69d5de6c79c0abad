import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApp } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Role } from "@/gen/infinure/auth/v1/user_pb";
import { Radio } from "@/ui/Radio";
import type { Place } from "./place";

/** Which data sources somebody sees and asks: all, or those that are ticked. */
export function SourceChoice({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const { sources } = useApp().clients;
  const found = useQuery({ queryKey: ["sources", "to-assign"], queryFn: async () => (await sources.listSources({ pageSize: 100 })).sources });
  const [some, setSome] = useState(place.sourceIds.length > 0);
  const keepsSources = [Role.CEO, Role.DIRECTOR].includes(place.role) || place.grants.includes(Permission.MANAGE_SOURCES);
  if (keepsSources) return <p className="text-sm text-ink-faint">Sees every data source, as whoever may connect and remove them does.</p>;
  const hold = (held: boolean) => {
    setSome(held);
    if (!held) onChange({ ...place, sourceIds: [] });
  };
  const toggle = (id: string, given: boolean) => onChange({ ...place, sourceIds: given ? [...place.sourceIds, id] : place.sourceIds.filter((one) => one !== id) });
  return (
    <fieldset className="text-sm">
      <legend className="mb-1 font-medium">Data sources</legend>
      <Radio name="held" checked={!some} onChoose={() => hold(false)}>
        All, also those to come
      </Radio>
      <Radio name="held" checked={some} onChoose={() => hold(true)}>
        Only these
      </Radio>
      {some && (
        <div className="ml-6">
          {found.data?.length === 0 && <p className="text-ink-faint">There is no data source yet.</p>}
          {found.data?.map((source) => (
            <label key={source.id} className="flex w-fit items-center gap-2 py-1">
              <input type="checkbox" className="size-4 accent-accent" checked={place.sourceIds.includes(source.id)} onChange={(event) => toggle(source.id, event.target.checked)} />
              {source.name}
            </label>
          ))}
          {place.sourceIds.length === 0 && <p className="text-ink-faint">Tick at least one; with none, all are seen.</p>}
        </div>
      )}
    </fieldset>
  );
}
