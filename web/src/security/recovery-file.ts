/** What is in the file of recovery codes. */
export function fileOf(codes: string[]): string {
  return `Recovery codes for Infinure. Each works once.\n\n${codes.join("\n")}\n`;
}
