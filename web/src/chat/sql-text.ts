export type SqlKind = "keyword" | "string" | "number" | "comment" | "plain";

export interface SqlPiece {
  kind: SqlKind;
  text: string;
}

const TOKENS = /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[A-Za-z_][\w$]*)|(?<other>\s+|.)/gs;
const KEYWORDS = new Set(
  ("select from where group by having order limit offset join left right inner outer full cross on using as and or not in is null " +
    "between like ilike case when then else end distinct with union all except intersect asc desc nulls first last over partition " +
    "filter interval date timestamp cast exists lateral true false fetch rows only").split(" "),
);
const NEW_LINE = new Set(["from", "where", "group", "having", "order", "limit", "offset", "join", "left", "inner", "cross", "union"]);

/** Splits SQL into pieces to be coloured. The pieces together are the text, unchanged. */
export function piecesOf(sql: string): SqlPiece[] {
  return Array.from(sql.matchAll(TOKENS), ({ 0: text, groups }) => ({ kind: kindOf(text, groups ?? {}), text }));
}

function kindOf(text: string, groups: Record<string, string | undefined>): SqlKind {
  if (groups["comment"] !== undefined) return "comment";
  if (groups["string"] !== undefined) return "string";
  if (groups["number"] !== undefined) return "number";
  return groups["word"] !== undefined && KEYWORDS.has(text.toLowerCase()) ? "keyword" : "plain";
}

/** Breaks SQL that came on one line before its clauses; what has lines already keeps them. */
export function brokenIntoLines(sql: string): string {
  if (sql.includes("\n")) return sql;
  let depth = 0;
  let before = "";
  return piecesOf(sql)
    .map(({ kind, text }) => {
      if (text === "(") depth += 1;
      if (text === ")") depth -= 1;
      const word = text.toLowerCase();
      const breaks = kind === "keyword" && depth === 0 && NEW_LINE.has(word) && !(word === "join" && before !== "");
      if (kind === "keyword") before = ["left", "inner", "cross"].includes(word) ? word : "";
      return breaks ? `\n${text}` : text;
    })
    .join("")
    .replaceAll(/[ \t]+\n/g, "\n")
    .trim();
}
