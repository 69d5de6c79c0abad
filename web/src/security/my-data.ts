import type { PrivacyClient } from "@/api/clients";

/** Everything that is kept of the caller, as a file's parts. A file that isn't whole is none: it throws. */
export async function myData(privacy: Pick<PrivacyClient, "exportMyData">): Promise<{ parts: string[]; count: number }> {
  const parts: string[] = [];
  let count: bigint | undefined;
  for await (const { event } of privacy.exportMyData({})) {
    if (event.case === "chunk") parts.push(event.value);
    if (event.case === "completed") count = event.value.recordCount;
  }
  if (count === undefined) throw new Error("the export was cut");
  return { parts, count: Number(count) };
}
