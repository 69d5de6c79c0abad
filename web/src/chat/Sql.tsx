import { brokenIntoLines, piecesOf, type SqlKind } from "./sql-text";

const COLOURS: Record<SqlKind, string | undefined> = {
  keyword: "text-accent font-medium",
  string: "text-warning",
  number: "text-warning",
  comment: "text-ink-faint",
  plain: undefined,
};

export function Sql({ text }: { text: string }) {
  return (
    // Long lines scroll inside; the block takes the focus so that the keyboard can scroll it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className="max-h-96 overflow-auto rounded-lg bg-sunken p-3 font-mono text-[0.8125rem] leading-relaxed" data-testid="sql" tabIndex={0} aria-label="SQL">
      <code>
        {piecesOf(brokenIntoLines(text)).map((piece, index) =>
          COLOURS[piece.kind] === undefined ? (
            piece.text
          ) : (
            <span key={index} className={COLOURS[piece.kind]}>
              {piece.text}
            </span>
          ),
        )}
      </code>
    </pre>
  );
}
