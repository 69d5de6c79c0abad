import { timestampDate, type Timestamp } from "@bufbuild/protobuf/wkt";
import type { ActivityPerson, UserActivity } from "@/gen/infinure/auth/v1/activity_pb";

export function personName(person: ActivityPerson): string {
  if (person.erased) return "Erased person";
  return `${person.firstName} ${person.lastName}`.trim() || "Unnamed person";
}

/** Who did it, where that is nobody of the organization. */
export function strangerName(activity: UserActivity): string {
  return activity.details["by"] === "operator" ? "The operator" : "Not known";
}

/** What else there is to say of it: "method: password, reason: displaced". */
export function detailsText({ details }: UserActivity): string {
  return Object.entries(details)
    .filter(([name]) => name !== "by")
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${value.replaceAll("_", " ")}`)
    .join(", ");
}

/** Whose account it was done to, where that isn't whoever did it. */
export function accountOf({ person, resourcePerson }: UserActivity): ActivityPerson | undefined {
  return resourcePerson?.id === person?.id ? undefined : resourcePerson;
}

export function momentText(time: Timestamp | undefined): string {
  return time === undefined ? "" : timestampDate(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

/** Everybody whom the rows name, each once, by name. */
export function peopleIn(activities: UserActivity[]): ActivityPerson[] {
  const found = new Map<string, ActivityPerson>();
  for (const { person, resourcePerson } of activities) {
    if (person) found.set(person.id, person);
    if (resourcePerson) found.set(resourcePerson.id, resourcePerson);
  }
  return [...found.values()].toSorted((one, other) => personName(one).localeCompare(personName(other)));
}
