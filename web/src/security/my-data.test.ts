import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { ExportMyDataResponseSchema } from "@/gen/infinure/auth/v1/privacy_service_pb";
import { myData } from "./my-data";

const chunk = (value: string) => create(ExportMyDataResponseSchema, { event: { case: "chunk", value } });
const completed = create(ExportMyDataResponseSchema, { event: { case: "completed", value: { recordCount: 3n } } });

function telling(...events: ReturnType<typeof chunk>[]) {
  return {
    async *exportMyData() {
      for (const event of events) yield await Promise.resolve(event);
    },
  };
}

test("the parts of a whole file, and how many records it has", async () => {
  expect(await myData(telling(chunk("a\n"), chunk("b\nc\n"), completed))).toEqual({ parts: ["a\n", "b\nc\n"], count: 3 });
});

test("a file that was cut is none", async () => {
  await expect(myData(telling(chunk("a\n")))).rejects.toThrow("cut");
});
