import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { SendIcon, StopIcon } from "@/ui/icons";
import { useDrafts } from "./drafts";
import { lengthOf } from "./length";

interface Props {
  /** What the draft is kept under: the conversation's id, or "new". */
  place: string;
  busy: boolean;
  onSend: (question: string) => void;
  /** Given while an answer runs. */
  onStop: (() => void) | undefined;
  stopping: boolean;
  children?: ReactNode;
}

/** Where the question is written. Enter sends, Shift+Enter begins a line. */
export function Composer({ place, busy, onSend, onStop, stopping, children }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDrafts((state) => state.drafts[place] ?? "");
  const write = useDrafts((state) => state.write);
  const { tooLong, text: lengthText } = lengthOf(draft);
  const sendable = draft.trim() !== "" && !tooLong && !busy && onStop === undefined;

  useEffect(() => {
    // On touch screens the keyboard would cover the conversation.
    if (!window.matchMedia("(pointer: coarse)").matches) field.current?.focus();
  }, [place]);
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [draft]);

  const send = () => {
    if (!sendable) return;
    onSend(draft.trim());
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="rounded-2xl border border-line-strong/50 bg-surface shadow-card focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        data-testid="chat-input"
        aria-label="Ask a question about your data"
        aria-describedby="composer-note"
        aria-invalid={tooLong}
        placeholder="Ask a question about your data"
        className="block max-h-48 w-full resize-none bg-transparent px-4 pt-3.5 pb-1 outline-none placeholder:text-ink-faint"
        rows={1}
        value={draft}
        onChange={(event) => write(place, event.target.value.replaceAll("\0", ""))}
        onKeyDown={onKeyDown}
        enterKeyHint="send"
      />
      <div className="flex items-center gap-2 px-2 pb-2">
        {children}
        <p id="composer-note" className={classes("ml-auto text-xs", tooLong ? "font-medium text-danger" : "text-ink-faint")} aria-live={tooLong ? "assertive" : "polite"}>
          {lengthText ?? <span className="hidden sm:inline">Enter to send</span>}
        </p>
        {onStop === undefined ? (
          <Button type="submit" look="primary" size="icon" className="rounded-xl!" disabled={!sendable} busy={busy} aria-label="Send">
            {!busy && <SendIcon />}
          </Button>
        ) : (
          <Button look="secondary" size="icon" className="rounded-xl!" onClick={onStop} disabled={stopping} aria-label="Stop" title="Stop" data-testid="stop">
            <StopIcon />
          </Button>
        )}
      </div>
    </form>
  );
}
