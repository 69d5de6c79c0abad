import { ActivityAction, type ActivityPerson } from "@/gen/infinure/auth/v1/activity_pb";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { actionText, GROUPS } from "./actions";
import { personName } from "./told";
import { ALL, isAll, isBackwards, type Wanted } from "./wanted";

interface Props {
  wanted: Wanted;
  people: ActivityPerson[];
  onChange: (wanted: Wanted) => void;
}

/** By person, by what was done, by day. */
export function Filters({ wanted, people, onChange }: Props) {
  const known = people.some(({ id }) => id === wanted.who);
  return (
    <form className="mb-5 grid gap-4 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_auto_auto_auto]" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Field label="Person" id="audit-who">
        {(control) => (
          <Select {...control} value={wanted.who} onChange={(event) => onChange({ ...wanted, who: event.target.value })}>
            <option value="">Everybody</option>
            {wanted.who !== "" && !known && <option value={wanted.who}>Somebody not on this page</option>}
            {people.map((person) => (
              <option key={person.id} value={person.id}>
                {personName(person)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="What happened" id="audit-what">
        {(control) => (
          <Select {...control} value={wanted.what} onChange={(event) => onChange({ ...wanted, what: event.target.value })}>
            <option value="">Everything</option>
            {GROUPS.map(({ name, title, actions }) => (
              <optgroup key={name} label={title}>
                <option value={name}>{title}: all</option>
                {actions.map((action) => (
                  <option key={action} value={ActivityAction[action]}>
                    {actionText(action)}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
      <Field label="From" id="audit-from">
        {(control) => <Input {...control} type="date" value={wanted.from} onChange={(event) => onChange({ ...wanted, from: event.target.value })} />}
      </Field>
      <Field label="To" id="audit-to" error={isBackwards(wanted) ? "Before the first day" : undefined}>
        {(control) => <Input {...control} type="date" value={wanted.to} onChange={(event) => onChange({ ...wanted, to: event.target.value })} />}
      </Field>
      <Button look="quiet" className="self-start lg:mt-7" disabled={isAll(wanted)} onClick={() => onChange(ALL)}>
        Clear
      </Button>
    </form>
  );
}
