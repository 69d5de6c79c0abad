import { describe, expect, it } from "vitest";
import { FileFormat } from "@/gen/infinure/integration/v1/upload_pb";
import { preparedUpload } from "@/testing/uploads";
import { sourceNameFor, stemOf, warehouseNameFor } from "./files";
import { groupsOf } from "./groups";
import { loadMistake, loadsOf } from "./loads";
import { paceOf } from "./pace";
import type { Item } from "./queue";
import { NOTHING_ASKED } from "./reading";

function item(name: string, format = FileFormat.CSV, ...tables: string[]): Item {
  const upload = preparedUpload({ id: `upload of ${name}`, format, tables: tables.map((table) => ({ name: table, rowCount: 1n })) });
  return { id: name, file: new File([], name), phase: "ready", pace: paceOf(0, 0), progress: undefined, upload, asked: NOTHING_ASKED, draft: undefined, problem: undefined };
}

describe("a source's name", () => {
  it.each([["sales.csv", "sales"], ["sales.2024.csv", "sales.2024"], ["no ending", "no ending"], [".csv", ".csv"], ["v1. the first", "v1. the first"]])("of %s is %s", (file, stem) => {
    expect(stemOf(file)).toBe(stem);
  });

  it("is one that no other source has", () => {
    expect(sourceNameFor(["sales.csv"], ["Sales", "sales 2"])).toBe("sales 3");
    expect(sourceNameFor(["a.csv", "b.csv"], [])).toBe("a and b");
    expect(sourceNameFor(["a.csv", "b.csv", "c.csv"], [])).toBe("a and 2 more");
  });
});

describe("several files", () => {
  const items = [item("a.csv"), item("shop.db", FileFormat.SQLITE), item("a.xlsx", FileFormat.EXCEL)];

  it("make one source, but for a database that is one already", () => {
    expect(groupsOf(items, true, {}, ["A"]).map((group) => [group.name, group.items.length])).toEqual([["a and a", 2], ["shop", 1]]);
  });

  it("make a source each by choice, with names that differ", () => {
    expect(groupsOf(items, false, { "a.xlsx": "mine" }, []).map((group) => group.name)).toEqual(["a", "shop", "mine"]);
    expect(groupsOf(items, false, {}, []).map((group) => group.name)).toEqual(["a", "shop", "a 2"]);
  });
});

describe("tables for the warehouse", () => {
  it.each([["Umsätze 2024", "umsatze_2024"], ["2024", "t_2024"], ["数据", "table"], ["a--b", "a_b"]])("%s is called %s", (table, name) => {
    expect(warehouseNameFor(table)).toBe(name);
  });

  it("have names that differ, unless somebody chose the same", () => {
    const items = [item("a.csv", FileFormat.CSV, "sales"), item("b.csv", FileFormat.CSV, "Sales", "2024")];
    expect(loadsOf(items, {}).map((load) => load.name)).toEqual(["sales", "sales_2", "t_2024"]);
    const chosen = loadsOf(items, { "b.csv Sales": { name: "sales" }, "b.csv 2024": { name: "2024" } });
    expect(chosen.map((load) => loadMistake(chosen, load))).toEqual([expect.stringContaining("Another table"), expect.stringContaining("Another table"), expect.stringContaining("digit")]);
  });
});
