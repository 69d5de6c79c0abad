import { useId, useState, type ReactNode } from "react";
import { classes } from "@/ui/classes";
import { CopyButton } from "@/ui/CopyButton";
import { ChevronIcon } from "@/ui/icons";
import type { Answer } from "./answer";
import { Meanings } from "./Meanings";
import { ReceiptList } from "./ReceiptList";
import { Replay } from "./Replay";
import { ToBenchmark } from "./ToBenchmark";
import { Sql } from "./Sql";

/** The receipt, on demand: what the words meant, the query, and what it ran on. Beside its switch stands what else can be done with the answer. */
export function HowIGotThis({ answer, question, children }: { answer: Answer; question: string; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const sql = answer.receipt?.sql || answer.query?.sql || "";
  const meanings = answer.interpretation?.meanings ?? [];
  if (sql === "" && meanings.length === 0 && answer.receipt === undefined) return null;
  return (
    <section className="min-w-0 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
        <button
          type="button"
          className="-ml-1.5 flex items-center gap-1 rounded-md px-1.5 py-1 text-ink-faint hover:text-ink"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-controls={panel}
          data-testid="how"
        >
          <ChevronIcon className={classes("size-4 transition-transform", open && "rotate-90")} /> How I got this
        </button>
        {children}
      </div>
      {open && (
        <div id={panel} className="mt-2 grid min-w-0 animate-rise gap-5 rounded-xl border border-line bg-surface p-4" data-testid="receipt">
          {meanings.length > 0 && <Meanings meanings={meanings} question={question} />}
          {sql !== "" && (
            <div className="min-w-0">
              <div className="mb-1 flex items-center justify-between">
                <h4 className="font-semibold">SQL</h4>
                <CopyButton text={() => sql} label="Copy SQL" />
              </div>
              <Sql text={sql} />
            </div>
          )}
          {answer.receipt && (
            <div className="min-w-0">
              <ReceiptList receipt={answer.receipt} />
              <Replay receipt={answer.receipt} />
              <ToBenchmark receipt={answer.receipt} question={question} />
            </div>
          )}
        </div>
      )}
    </section>
  );
}
