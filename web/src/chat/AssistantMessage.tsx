import { lazy, Suspense } from "react";
import { SectionKind } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { ChartKind } from "@/gen/infinure/ml_gateway/v1/chart_pb";
import type { Feedback } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Skeleton } from "@/ui/Spinner";
import { hasEnded, isJudged, isUnderWay, type Answer } from "./answer";
import { BigNumber } from "./BigNumber";
import { Clarified, Refused } from "./AskBack";
import { Failure } from "./Failure";
import { HowIGotThis } from "./HowIGotThis";
import { InterpretationLine } from "./InterpretationLine";
import { KeyFigures, SectionText } from "./Sections";
import { ResultNotices } from "./ResultNotices";
import { ResultTable } from "./ResultTable";
import { StatusLine } from "./StatusLine";
import { Thumbs } from "./Thumbs";
import { Verify } from "./Verify";

const ChartView = lazy(() => import("@/chart/ChartView"));
const LEADING = [SectionKind.SUMMARY, SectionKind.KEY_FIGURES];

interface Props {
  conversationId: string;
  answer: Answer;
  question: string;
  verdict: Feedback | undefined;
  isNewest: boolean;
  onAsk: (question: string) => void;
  onRetry: () => void;
}

/** One answer, in the order in which it is read: what, how much, the picture, the rows, the rest, and how it came about. */
export function AssistantMessage({ conversationId, answer, question, verdict, isNewest, onAsk, onRetry }: Props) {
  const { rows, chart, sections, clarification, refusal } = answer;
  const following = sections.filter((section) => !LEADING.includes(section.kind));
  const isNumber = rows !== undefined && rows.rows.length === 1 && rows.columns.length === 1;
  const drawn = chart !== undefined && rows !== undefined && rows.rows.length > 0 && chart.kind !== ChartKind.TABLE && chart.kind !== ChartKind.UNSPECIFIED;
  // A single figure is drawn large already; the key figures would only say it again.
  const leading = sections.filter((section) => LEADING.includes(section.kind) && !(isNumber && drawn && section.kind === SectionKind.KEY_FIGURES));
  return (
    <div className="grid min-w-0 animate-rise gap-4" data-testid="assistant-message" data-phase={answer.phase}>
      {answer.interpretation && <InterpretationLine interpretation={answer.interpretation} hasResult={clarification === undefined && refusal === undefined} />}
      {answer.text !== "" && <p className="wrap-anywhere whitespace-pre-wrap">{answer.text}</p>}
      {leading.map((section, index) =>
        section.kind === SectionKind.KEY_FIGURES ? <KeyFigures key={index} section={section} /> : <SectionText key={index} section={section} plain />,
      )}
      {drawn &&
        (chart.kind === ChartKind.NUMBER || isNumber ? (
          <BigNumber chart={chart} rows={rows} />
        ) : (
          <Suspense fallback={<Skeleton className="h-72 w-full rounded-xl" />}>
            <ChartView chart={chart} rows={rows} />
          </Suspense>
        ))}
      {rows && rows.rows.length === 0 && sections.length === 0 && hasEnded(answer) && <p className="text-ink-soft">There are no rows for this.</p>}
      {rows && rows.rows.length > 0 && !(isNumber && drawn) && <ResultTable rows={rows} />}
      {rows && rows.notices.length > 0 && <ResultNotices notices={rows.notices} />}
      {following.map((section, index) => (
        <SectionText key={index} section={section} />
      ))}
      {clarification && <Clarified clarification={clarification} isNewest={isNewest && hasEnded(answer)} onAsk={onAsk} />}
      {refusal && <Refused refusal={refusal} onAsk={onAsk} />}
      {isUnderWay(answer) && <StatusLine answer={answer} />}
      {(answer.phase === "failed" || answer.phase === "cut") && <Failure answer={answer} onRetry={onRetry} />}
      {hasEnded(answer) && (
        <HowIGotThis answer={answer} question={question}>
          {isJudged(answer) && answer.answerId !== undefined && <Thumbs conversationId={conversationId} answerId={answer.answerId} verdict={verdict} />}
          {answer.receipt && <Verify receipt={answer.receipt} question={question} />}
        </HowIGotThis>
      )}
    </div>
  );
}
