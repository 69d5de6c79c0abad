import { roleName } from "@/app/roles";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { GRANTS, ROLES, type Place } from "./place";
import { SourceChoice } from "./SourceChoice";

/** What an administrator decides about somebody. */
export function PlaceFields({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const grant = (permission: (typeof GRANTS)[number][0], given: boolean) =>
    onChange({ ...place, grants: given ? [...place.grants, permission] : place.grants.filter((one) => one !== permission) });
  return (
    <>
      <Field label="Role">
        {(control) => (
          <Select {...control} value={place.role} onChange={(event) => onChange({ ...place, role: Number(event.target.value) })}>
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {roleName(role)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Department" optional>
          {(control) => <Input {...control} maxLength={100} value={place.department} onChange={(event) => onChange({ ...place, department: event.target.value })} />}
        </Field>
        <Field label="Team" optional>
          {(control) => <Input {...control} maxLength={100} value={place.team} onChange={(event) => onChange({ ...place, team: event.target.value })} />}
        </Field>
      </div>
      <fieldset className="text-sm">
        <legend className="mb-1 font-medium">May also</legend>
        {GRANTS.map(([permission, label]) => (
          <label key={permission} className="flex w-fit items-center gap-2 py-1">
            <input type="checkbox" className="size-4 accent-accent" checked={place.grants.includes(permission)} onChange={(event) => grant(permission, event.target.checked)} />
            {label}
          </label>
        ))}
      </fieldset>
      <SourceChoice place={place} onChange={onChange} />
    </>
  );
}
