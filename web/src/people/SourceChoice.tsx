import { useQuery } from "@tanstack/react-query";
import { useApp } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Role } from "@/gen/infinure/auth/v1/user_pb";
import { Radio } from "@/ui/Radio";
import type { Place } from "./place";

/** Which data sources somebody sees and asks: all, or those that are ticked. */
export function SourceChoice({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const { sources } = useApp().clients;
  const found = useQuery({ queryKey: ["sources", "to-assign"], queryFn: async () => (await sources.listSources({ pageSize: 100 })).sources });
  const chosen = place.sourceIds;
  const keepsSources = [Role.CEO, Role.DIRECTOR].includes(place.role) || place.grants.includes(Permission.MANAGE_SOURCES);
  if (keepsSources) return <p className="text-sm text-ink-faint">Sees every data source, as whoever may connect and remove them does.</p>;
  const choose = (sourceIds: string[] | undefined) => onChange({ ...place, sourceIds });
  return (
    <fieldset className="text-sm">
      <legend className="mb-1 font-medium">Data sources</legend>
      <Radio name="held" checked={chosen === undefined} onChoose={() => choose(undefined)}>
        All, also those to come
      </Radio>
      <Radio name="held" checked={chosen !== undefined} onChoose={() => choose(chosen ?? [])}>
        Only these
      </Radio>
      {chosen && (
        <div className="ml-6">
          {found.data?.length === 0 && <p className="text-ink-faint">There is no data source yet.</p>}
          {found.data?.map((source) => (
            <label key={source.id} className="flex w-fit items-center gap-2 py-1">
              <input type="checkbox" className="size-4 accent-accent" checked={chosen.includes(source.id)} onChange={(event) => choose(event.target.checked ? [...chosen, source.id] : chosen.filter((one) => one !== source.id))} />
              {source.name}
            </label>
          ))}
          {chosen.length === 0 && <p className="text-ink-faint">Tick at least one.</p>}
        </div>
      )}
    </fieldset>
  );
}
