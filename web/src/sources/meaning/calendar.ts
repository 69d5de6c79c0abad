import { Weekday, type SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";

export const WEEKDAYS: [Weekday, string][] = [
  [Weekday.MONDAY, "Monday"],
  [Weekday.TUESDAY, "Tuesday"],
  [Weekday.WEDNESDAY, "Wednesday"],
  [Weekday.THURSDAY, "Thursday"],
  [Weekday.FRIDAY, "Friday"],
  [Weekday.SATURDAY, "Saturday"],
  [Weekday.SUNDAY, "Sunday"],
];

export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** Where a model names none, weeks begin on Monday. */
export function firstWeekdayOf(model: SemanticModel): Weekday {
  return model.weekStart === Weekday.UNSPECIFIED ? Weekday.MONDAY : model.weekStart;
}

/** From 1; where a model names none, fiscal years are calendar years. */
export function firstMonthOf(model: SemanticModel): number {
  return model.fiscalYearFirstMonth === 0 ? 1 : model.fiscalYearFirstMonth;
}

export function calendarText(model: SemanticModel): string {
  const day = WEEKDAYS.find(([weekday]) => weekday === firstWeekdayOf(model))?.[1] ?? "";
  return `Weeks begin on ${day}, fiscal years in ${MONTHS[firstMonthOf(model) - 1] ?? ""}.`;
}
