import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { PencilIcon } from "@/ui/icons";
import { TextArea } from "@/ui/Input";
import { withDescription, type Entry } from "./catalog-change";

interface Props {
  sourceId: string;
  entry: Entry;
  description: string;
  mayEdit: boolean;
}

const MOST_CHARACTERS = 2_000;

/** What a table or column holds, in a person's words; edited where it stands. Enter keeps it, Escape doesn't. */
export function EditableDescription({ sourceId, entry, description, mayEdit }: Props) {
  const { catalog } = useApp().clients;
  const queries = useQueryClient();
  const opener = useRef<HTMLButtonElement>(null);
  const [draft, setDraft] = useState<string>();
  const what = entry.column === "" ? entry.table : `${entry.table}.${entry.column}`;
  const closing = useRef(false);
  const close = () => {
    closing.current = true;
    setDraft(undefined);
  };
  useEffect(() => {
    // The button is there again: the keyboard goes on from where it was.
    if (closing.current && draft === undefined) opener.current?.focus();
    closing.current = false;
  }, [draft]);
  const update = useMutation({
    mutationFn: (text: string) => catalog.updateDescription({ sourceId, ...entry, description: text }),
    onSuccess: (_reply, text) => {
      if (text !== "") queries.setQueryData<Catalog | null>(["catalog", sourceId], (held) => held && withDescription(held, entry, text));
      close();
      // An empty one goes back to what the source says, which only the server knows.
      void queries.invalidateQueries({ queryKey: ["catalog", sourceId] });
    },
  });
  const save = () => {
    const text = draft?.trim() ?? "";
    if (update.isPending) return;
    if (text === description) close();
    else update.mutate(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      update.reset();
      close();
    } else if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      save();
    }
  };

  if (draft === undefined) {
    if (!mayEdit) return description === "" ? null : <p className="max-w-prose text-ink-soft">{description}</p>;
    return (
      <div className="flex items-start gap-1">
        {description !== "" && (
          <p className="max-w-prose text-ink-soft" data-testid="description">
            {description}
          </p>
        )}
        <button
          ref={opener}
          type="button"
          className={classes("flex h-6 shrink-0 items-center gap-1 rounded-md px-1 text-ink-faint hover:bg-hover hover:text-ink", description === "" && "-ml-1")}
          aria-label={`Describe ${what}`}
          title="Edit the description"
          onClick={() => {
            update.reset();
            setDraft(description);
          }}
          data-testid="edit-description"
        >
          <PencilIcon className="size-3.5" />
          {description === "" && "Describe"}
        </button>
      </div>
    );
  }
  return (
    <div className="grid max-w-prose gap-2">
      <TextArea
        autoFocus
        rows={2}
        aria-label={`Description of ${what}`}
        aria-invalid={update.isError ? true : undefined}
        placeholder="What it holds, in your words. Empty goes back to what the source says."
        value={draft}
        maxLength={MOST_CHARACTERS}
        readOnly={update.isPending}
        onChange={(event) => setDraft(event.target.value.replaceAll("\0", ""))}
        onKeyDown={onKeyDown}
        data-testid="description-input"
      />
      {update.isError && (
        <p className="text-sm text-danger" role="alert">
          {problemText(problemOf(update.error))}
        </p>
      )}
      <div className="flex items-center gap-2">
        <Button look="primary" size="small" busy={update.isPending} onClick={save} data-testid="save-description">
          {update.isPending ? "Saving" : "Save"}
        </Button>
        <Button look="quiet" size="small" disabled={update.isPending} onClick={close}>
          Cancel
        </Button>
        <span className="hidden text-xs text-ink-faint sm:inline">Enter saves, Esc cancels</span>
      </div>
    </div>
  );
}
