import { useState, type SyntheticEvent } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Verdict, type Feedback } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Button, buttonClasses } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { Field } from "@/ui/Field";
import { TextArea } from "@/ui/Input";
import { ThumbDownIcon, ThumbUpIcon } from "@/ui/icons";
import { useToasts } from "@/ui/toasts";
import { effectOf } from "./verdict-text";
import { useGiveVerdict } from "./verdicts";

const MOST_CHARACTERS = 1_000;
const SMALL = "size-8!";

interface Props {
  conversationId: string;
  answerId: string;
  verdict: Feedback | undefined;
}

/** Right or wrong, by one click; the same once more takes it back. A thumb down may say why. */
export function Thumbs({ conversationId, answerId, verdict }: Props) {
  const give = useGiveVerdict(conversationId, answerId);
  const show = useToasts((toasts) => toasts.show);
  const [explaining, setExplaining] = useState(false);
  const given = verdict?.verdict;
  const choose = (chosen: Verdict) => {
    const takenBack = given === chosen;
    setExplaining(chosen === Verdict.DOWN && !takenBack);
    give.mutate(takenBack ? undefined : { verdict: chosen, reason: "" }, {
      onSuccess: (kept) => {
        if (takenBack) show("Your thumb was taken back.");
        else if (chosen === Verdict.UP) show(`Thanks. ${effectOf(kept, "in favour of")}`.trim());
      },
      onError: (thrown) => {
        setExplaining(false);
        show(problemText(problemOf(thrown)), "danger");
      },
    });
  };
  const explain = (reason: string) => {
    give.mutate(
      { verdict: Verdict.DOWN, reason },
      {
        onSuccess: (kept) => {
          setExplaining(false);
          show(`Thanks. ${effectOf(kept, "against")}`.trim());
        },
        onError: (thrown) => show(problemText(problemOf(thrown)), "danger"),
      },
    );
  };
  const thumb = (value: Verdict, label: string, Icon: typeof ThumbUpIcon, testId: string) => (
    <button
      type="button"
      className={classes(buttonClasses("quiet", "icon"), SMALL, given === value && "bg-accent-soft text-accent-deep!")}
      aria-pressed={given === value}
      aria-label={label}
      title={label}
      disabled={give.isPending}
      onClick={() => choose(value)}
      data-testid={testId}
    >
      <Icon className="size-4.5" />
    </button>
  );
  return (
    <>
      <div className="flex items-center" role="group" aria-label="Is this answer right?">
        {thumb(Verdict.UP, "This is right", ThumbUpIcon, "thumb-up")}
        {thumb(Verdict.DOWN, "This is wrong", ThumbDownIcon, "thumb-down")}
      </div>
      {explaining && <Reason busy={give.isPending} onSend={explain} onClose={() => setExplaining(false)} />}
    </>
  );
}

function Reason({ busy, onSend, onClose }: { busy: boolean; onSend: (reason: string) => void; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSend(reason.trim());
  };
  return (
    <form onSubmit={submit} className="order-last grid w-full gap-3 rounded-xl border border-line bg-surface p-4" data-testid="verdict-reason">
      <Field label="What is wrong with it?" optional hint="Those who look after the data read this. Your thumb down is kept already.">
        {(control) => (
          <TextArea
            {...control}
            autoFocus
            rows={2}
            maxLength={MOST_CHARACTERS}
            value={reason}
            onChange={(event) => setReason(event.target.value.replaceAll("\0", ""))}
            onKeyDown={(event) => {
              if (event.key === "Escape") onClose();
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(event);
            }}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="small" onClick={onClose}>
          No reason
        </Button>
        <Button size="small" type="submit" look="primary" busy={busy} disabled={reason.trim() === ""} data-testid="send-reason">
          Send
        </Button>
      </div>
    </form>
  );
}
