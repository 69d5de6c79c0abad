import { SectionKind, type Section } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";

export function KeyFigures({ section }: { section: Section }) {
  return (
    <section aria-label={section.title || "Key figures"} data-testid="key-figures">
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        {section.figures.map((figure, index) => (
          <div key={index} className="min-w-24">
            <dt className="text-sm text-ink-faint">{figure.label}</dt>
            <dd className="text-xl font-semibold tracking-tight tabular-nums">{figure.text}</dd>
          </div>
        ))}
      </dl>
      <Statements section={section} className="mt-2" />
    </section>
  );
}

/** A section of sentences; plain ones stand without their heading, as the answer itself. */
export function SectionText({ section, plain = false }: { section: Section; plain?: boolean }) {
  if (section.statements.length === 0 && section.figures.length === 0) return null;
  const quiet = section.kind === SectionKind.METHODOLOGY || section.kind === SectionKind.DATA_QUALITY;
  return (
    <section className={quiet ? "text-sm text-ink-soft" : undefined} data-testid="section">
      {!plain && section.title !== "" && <h3 className="mb-1 text-sm font-semibold text-ink">{section.title}</h3>}
      <Statements section={section} list={!plain && section.statements.length > 1} />
      {section.figures.length > 0 && <KeyFigures section={{ ...section, statements: [] }} />}
    </section>
  );
}

function Statements({ section, list = false, className }: { section: Section; list?: boolean; className?: string }) {
  if (section.statements.length === 0) return null;
  if (list) {
    return (
      <ul className="list-disc space-y-0.5 pl-5 marker:text-ink-faint">
        {section.statements.map((statement, index) => (
          <li key={index}>{statement.text}</li>
        ))}
      </ul>
    );
  }
  return <p className={className}>{section.statements.map((statement) => statement.text).join(" ")}</p>;
}
