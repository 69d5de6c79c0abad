import { useState, type SyntheticEvent } from "react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";

interface Common {
  title: string;
  busy: boolean;
  onClose: () => void;
}

export function RenameDialog({ title, busy, onClose, onRename }: Common & { onRename: (name: string) => void }) {
  const [name, setName] = useState(title);
  const trimmed = name.trim();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (trimmed !== "") onRename(trimmed);
  };
  return (
    <Dialog open onClose={onClose} title="Rename conversation">
      <form onSubmit={submit} className="mt-4 grid gap-5">
        <Field label="Name">
          {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} maxLength={255} autoFocus />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy} disabled={trimmed === ""}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function DeleteDialog({ title, busy, onClose, onDelete }: Common & { onDelete: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Delete this conversation?">
      <p className="mt-2 mb-6 text-ink-soft">“{title}” with all its questions and answers will be gone for good.</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={busy} onClick={onDelete}>
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
