import { clone } from "@bufbuild/protobuf";
import { useState, type SyntheticEvent } from "react";
import { SemanticModelSchema, type SemanticModel, type Weekday } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Select } from "@/ui/Input";
import { MONTHS, WEEKDAYS, firstMonthOf, firstWeekdayOf } from "./calendar";
import { ModelProblem } from "./ModelProblem";
import { useModelChanged, useSaveModel } from "./useModel";

interface Props {
  sourceId: string;
  model: SemanticModel;
  version: bigint;
  onClose: () => void;
}

/** When weeks and fiscal years begin, for “last week” and “this fiscal year”. */
export function CalendarDialog({ sourceId, model, version, onClose }: Props) {
  const [weekStart, setWeekStart] = useState<Weekday>(firstWeekdayOf(model));
  const [month, setMonth] = useState(firstMonthOf(model));
  const save = useSaveModel(sourceId, version, onClose);
  const changed = useModelChanged(sourceId);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const next = clone(SemanticModelSchema, model);
    next.weekStart = weekStart;
    next.fiscalYearFirstMonth = month;
    save.mutate(next);
  };
  return (
    <Dialog open onClose={() => !save.isPending && onClose()} title="Calendar">
      <form onSubmit={submit} className="mt-4 grid gap-4" noValidate>
        {save.isError && <ModelProblem thrown={save.error} onReload={() => void changed().then(onClose)} />}
        <Field label="Weeks begin on">
          {(control) => (
            <Select {...control} autoFocus value={weekStart} onChange={(event) => setWeekStart(Number(event.target.value))} data-testid="week-start">
              {WEEKDAYS.map(([day, name]) => (
                <option key={day} value={day}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Fiscal years begin in" hint="A fiscal year is called by the calendar year in which it ends.">
          {(control) => (
            <Select {...control} value={month} onChange={(event) => setMonth(Number(event.target.value))} data-testid="fiscal-month">
              {MONTHS.map((name, index) => (
                <option key={name} value={index + 1}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} data-testid="save-calendar">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
