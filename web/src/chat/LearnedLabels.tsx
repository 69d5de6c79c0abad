import { useState } from "react";
import { Link } from "react-router";
import { useApp, usePermission, useSignedIn } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import type { Interpretation, LearnedWord, VerifiedUse } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { ConfirmDelete } from "@/learned/Confirm";
import { useNames } from "@/learned/members";
import { dayText } from "@/learned/told";
import { BulbIcon, SealIcon } from "@/ui/icons";
import { useToasts } from "@/ui/toasts";

const LINK = "underline underline-offset-3 hover:text-ink";

/** What of the organization's teaching an answer rests on, and the way to look at it. */
export function LearnedLabels({ interpretation }: { interpretation: Interpretation }) {
  const { learnedWords, verified, sourceId } = interpretation;
  const nameOf = useNames([verified?.userId ?? "", ...learnedWords.map(({ userId }) => userId)]);
  if (verified === undefined && learnedWords.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-1" aria-label="Learned from your organization">
      {verified && <Verified use={verified} name={nameOf(verified.userId)} sourceId={sourceId} />}
      {learnedWords.map((word) => (
        <Word key={word.synonymId} word={word} name={nameOf(word.userId)} sourceId={sourceId} />
      ))}
    </ul>
  );
}

function Verified({ use, name, sourceId }: { use: VerifiedUse; name: string; sourceId: string }) {
  const mayTeach = usePermission(Permission.MANAGE_SOURCES);
  return (
    <li className="flex items-start gap-1.5" data-testid="used-verified">
      <SealIcon className="mt-0.5 size-4.5 shrink-0 text-success" />
      <span className="min-w-0 wrap-anywhere">
        Used a verified answer: “{use.question}”, verified by {name} on {dayText(use.verifyTime)}.{" "}
        {mayTeach && (
          <Link className={LINK} to={`/learned?tab=answers&source=${sourceId}&id=${use.verifiedAnswerId}`}>
            Look at it
          </Link>
        )}
      </span>
    </li>
  );
}

function Word({ word, name, sourceId }: { word: LearnedWord; name: string; sourceId: string }) {
  const mayTeach = usePermission(Permission.MANAGE_SOURCES);
  const { user } = useSignedIn();
  const { learning } = useApp().clients;
  const show = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  const [forgotten, setForgotten] = useState(false);
  const isOwn = word.userId === user.id;
  return (
    <li className="flex items-start gap-1.5" data-testid="used-word">
      <BulbIcon className="mt-0.5 size-4.5 shrink-0 text-accent" />
      <span className="min-w-0 wrap-anywhere">
        Used {isOwn ? "your word" : "your organization’s word"} “{word.words}” for {word.meaning}, {word.isChoice ? "chosen" : "taught"} by {name} on {dayText(word.learnTime)}.{" "}
        {mayTeach ? (
          <Link className={LINK} to={`/learned?source=${sourceId}&id=${word.synonymId}`}>
            Look at it
          </Link>
        ) : (
          isOwn &&
          (forgotten ? (
            "Forgotten since."
          ) : (
            <button type="button" className={LINK} onClick={() => setAsking(true)}>
              Forget it
            </button>
          ))
        )}
      </span>
      {asking && (
        <ConfirmDelete
          title={`Forget “${word.words}”?`}
          action={() => learning.deleteSynonym({ synonymId: word.synonymId })}
          onDone={() => {
            setAsking(false);
            setForgotten(true);
            show("The word was forgotten.");
          }}
          onClose={() => setAsking(false)}
        >
          The next question with it is read as if it had never been learned.
        </ConfirmDelete>
      )}
    </li>
  );
}
