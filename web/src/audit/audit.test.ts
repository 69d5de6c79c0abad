import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { ActivityAction, ActivityFilterSchema, UserActivitySchema } from "@/gen/infinure/auth/v1/activity_pb";
import { ActivityFormat, ExportUserActivitiesResponseSchema, type ExportUserActivitiesResponse } from "@/gen/infinure/auth/v1/audit_service_pb";
import { actionsNamed, actionText, GROUPS } from "./actions";
import { exported } from "./queries";
import { accountOf, detailsText, peopleIn, personName, strangerName } from "./told";
import { ALL, filterOf, isBackwards, searchOf, wantedOf } from "./wanted";

const ID = "0196f0a0-0000-7000-8000-000000000001";

describe("actions", () => {
  it("stand in one group each, in words of their own", () => {
    const grouped = GROUPS.flatMap(({ actions }) => actions);
    const all = Object.values(ActivityAction).filter((one) => typeof one === "number" && one !== ActivityAction.UNSPECIFIED);
    expect(grouped.toSorted((a, b) => a - b)).toEqual(all);
    expect(new Set(grouped.map(actionText)).size).toBe(grouped.length);
  });

  it("are found by a group's name or their own", () => {
    expect(actionsNamed("LOGIN_FAILED")).toEqual([ActivityAction.LOGIN_FAILED]);
    expect(actionsNamed("passwords")).toContain(ActivityAction.PASSWORD_RESET);
    expect(actionsNamed("nothing")).toEqual([]);
  });

  it("that this page doesn't know yet are told as something", () => {
    expect(actionText(999 as ActivityAction)).toBe("Something else");
  });
});

describe("what is looked for", () => {
  it("goes into the address and comes out of it", () => {
    const wanted = { who: ID, what: "logins", from: "2026-03-01", to: "" };
    expect(wantedOf(new URLSearchParams(searchOf(wanted)))).toEqual(wanted);
    expect(wantedOf(new URLSearchParams("who=x&what=y"))).toEqual(ALL);
  });

  it("takes whole days where the browser is, the last one included", () => {
    const filter = create(ActivityFilterSchema, filterOf({ ...ALL, from: "2026-03-28", to: "2026-03-31" }));
    expect(filter.startTime && timestampDate(filter.startTime)).toEqual(new Date(2026, 2, 28));
    expect(filter.endTime && timestampDate(filter.endTime)).toEqual(new Date(2026, 3, 1));
  });

  it.each(["", "0002-01-01", "2026-3-1", "soon"])("has no bound by %o", (from) => {
    expect(filterOf({ ...ALL, from })).not.toHaveProperty("startTime");
  });

  it("can't end before it begins", () => {
    expect(isBackwards({ ...ALL, from: "2026-03-02", to: "2026-03-01" })).toBe(true);
    expect(isBackwards({ ...ALL, from: "2026-03-01", to: "2026-03-01" })).toBe(false);
  });
});

describe("a row", () => {
  const ada = { id: "a", firstName: "Ada", lastName: "Byron" };
  const gone = { id: "b", erased: true };

  it("names people, the erased as such, and the operator", () => {
    const row = create(UserActivitySchema, { person: ada, resourcePerson: gone, details: { method: "recovery_code", by: "operator" } });
    expect(peopleIn([row, row]).map(personName)).toEqual(["Ada Byron", "Erased person"]);
    expect(accountOf(row)?.id).toBe("b");
    expect(detailsText(row)).toBe("method: recovery code");
    expect(strangerName(row)).toBe("The operator");
  });

  it("says nothing of the account where it is one's own", () => {
    expect(accountOf(create(UserActivitySchema, { person: ada, resourcePerson: ada }))).toBeUndefined();
  });
});

describe("an export", () => {
  const chunk = (value: string) => create(ExportUserActivitiesResponseSchema, { event: { case: "chunk", value } });
  const completed = create(ExportUserActivitiesResponseSchema, { event: { case: "completed", value: { activityCount: 2n } } });
  const of = (events: ExportUserActivitiesResponse[]) => ({
    exportUserActivities: async function* () {
      for (const event of events) yield await Promise.resolve(event);
    },
  });

  it("is the chunks in order", async () => {
    expect(await exported(of([chunk("a\n"), chunk("b\n"), completed]), ActivityFormat.CSV, ALL)).toEqual({ parts: ["a\n", "b\n"], count: 2 });
  });

  it("that was cut is none", async () => {
    await expect(exported(of([chunk("a\n")]), ActivityFormat.CSV, ALL)).rejects.toThrow();
  });
});
