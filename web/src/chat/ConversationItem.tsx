import { useState } from "react";
import { NavLink, useMatch, useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { Conversation } from "@/gen/infinure/chat/v1/conversation_pb";
import { classes } from "@/ui/classes";
import { DotsIcon } from "@/ui/icons";
import { Menu, MenuItem } from "@/ui/Menu";
import { useToasts } from "@/ui/toasts";
import { DeleteDialog, RenameDialog } from "./ConversationDialogs";
import { useChangeConversation, useDeleteConversation } from "./queries";

export function ConversationItem({ conversation }: { conversation: Conversation }) {
  const [dialog, setDialog] = useState<"rename" | "delete">();
  const navigate = useNavigate();
  const isOpen = useMatch(`/chat/${conversation.id}`) !== null;
  const change = useChangeConversation();
  const remove = useDeleteConversation();
  const show = useToasts((toasts) => toasts.show);
  const title = conversation.title || "New conversation";
  const complain = (thrown: unknown) => show(problemText(problemOf(thrown)), "danger");

  const archive = () => {
    const archived = !conversation.archived;
    change.mutate({ conversationId: conversation.id, archived }, { onError: complain, onSuccess: () => show(archived ? "Archived." : "Back in the list.") });
  };
  const confirmDelete = () =>
    remove.mutate(conversation.id, {
      onError: complain,
      onSuccess: () => {
        setDialog(undefined);
        if (isOpen) void navigate("/chat", { replace: true });
      },
    });
  const rename = (name: string) => change.mutate({ conversationId: conversation.id, title: name }, { onError: complain, onSuccess: () => setDialog(undefined) });

  return (
    <li className="group relative">
      <NavLink
        to={`/chat/${conversation.id}`}
        title={title}
        className={({ isActive }) =>
          classes("block truncate rounded-lg py-1.5 pr-9 pl-2.5 text-sm hover:bg-hover", isActive ? "bg-hover font-medium text-ink" : "text-ink-soft")
        }
      >
        {title}
      </NavLink>
      <div className="absolute inset-y-0 right-1 flex items-center opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-data-open:opacity-100 pointer-coarse:opacity-100">
        <Menu
          label={`Actions for ${title}`}
          button={<DotsIcon className="size-4.5" />}
          buttonClassName="grid size-7 place-items-center rounded-md text-ink-faint hover:text-ink"
        >
          <MenuItem onSelect={() => setDialog("rename")}>Rename</MenuItem>
          <MenuItem onSelect={archive}>{conversation.archived ? "Take out of the archive" : "Archive"}</MenuItem>
          <MenuItem danger onSelect={() => setDialog("delete")}>
            Delete
          </MenuItem>
        </Menu>
      </div>
      {dialog === "rename" && <RenameDialog title={conversation.title} busy={change.isPending} onClose={() => setDialog(undefined)} onRename={rename} />}
      {dialog === "delete" && <DeleteDialog title={title} busy={remove.isPending} onClose={() => setDialog(undefined)} onDelete={confirmDelete} />}
    </li>
  );
}
