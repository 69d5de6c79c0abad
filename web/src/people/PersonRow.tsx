import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useState } from "react";
import { useApp, useSignedIn } from "@/app/context";
import { roleName } from "@/app/roles";
import { UserState, type UserAccount } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { momentOf } from "@/security/words";
import { Badge } from "@/ui/Badge";
import { Menu, MenuItem } from "@/ui/Menu";
import { useToasts } from "@/ui/toasts";
import { EraseDialog } from "./EraseDialog";
import { changeProblem, PlaceDialog, SureDialog, useChange } from "./PersonDialogs";
import { personName } from "./place";

type Asking = "place" | "deactivate" | "withdraw" | "sessions" | "erase";

/** Somebody, and what can be done about them. */
export function PersonRow({ account }: { account: UserAccount }) {
  const { administration } = useApp().clients;
  const { user: me } = useSignedIn();
  const show = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState<Asking>();
  const { user, state, secondFactor } = account;
  const userId = user?.id ?? "";
  const name = personName(account);
  const close = () => setAsking(undefined);
  const failed = { onError: (error: unknown) => show(changeProblem(error), "danger") };
  const resend = useChange(() => administration.resendInvitation({ userId }), `A new invitation is on its way to ${user?.email ?? ""}.`, close);
  const activate = useChange(() => administration.activateUser({ userId }), `${name} can log in again.`, close);
  const own = userId === me.id;
  return (
    <li className="flex items-center justify-between gap-3 px-5 py-3.5" data-testid="person">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="wrap-anywhere">{name}</span>
          <Badge tone="accent">{user && roleName(user.role)}</Badge>
          {user?.permissions.includes(Permission.ADMINISTER) && <Badge>Administrator</Badge>}
          {state === UserState.INVITED && <Badge tone="warning">Invited</Badge>}
          {state === UserState.DEACTIVATED && <Badge tone="danger">Deactivated</Badge>}
          {own && <Badge>You</Badge>}
        </p>
        <p className="text-sm wrap-anywhere text-ink-faint">{detailsOf(account, secondFactor)}</p>
      </div>
      <Menu label={`Actions for ${name}`} buttonClassName="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-hover" button={<span aria-hidden>⋯</span>}>
        {!own && <MenuItem onSelect={() => setAsking("place")}>Change role and rights</MenuItem>}
        {state === UserState.INVITED && <MenuItem onSelect={() => resend.mutate(undefined, failed)}>Send the invitation again</MenuItem>}
        {state === UserState.INVITED && (
          <MenuItem danger onSelect={() => setAsking("withdraw")}>
            Withdraw the invitation
          </MenuItem>
        )}
        {state === UserState.ACTIVE && <MenuItem onSelect={() => setAsking("sessions")}>End all sessions</MenuItem>}
        {state === UserState.ACTIVE && !own && (
          <MenuItem danger onSelect={() => setAsking("deactivate")}>
            Deactivate
          </MenuItem>
        )}
        {state === UserState.DEACTIVATED && <MenuItem onSelect={() => activate.mutate(undefined, failed)}>Activate</MenuItem>}
        {state === UserState.DEACTIVATED && (
          <MenuItem danger onSelect={() => setAsking("erase")}>
            Erase…
          </MenuItem>
        )}
      </Menu>
      {asking === "place" && <PlaceDialog account={account} onClose={close} />}
      {asking === "erase" && <EraseDialog account={account} onClose={close} />}
      {asking === "deactivate" && (
        <SureDialog title={`Deactivate ${name}?`} consequence="They are logged out everywhere within a minute and can’t log in any more. What they have made stays. You can activate them again." submit="Deactivate" done={`${name} was deactivated.`} act={() => administration.deactivateUser({ userId })} onClose={close} />
      )}
      {asking === "withdraw" && (
        <SureDialog title={`Withdraw the invitation of ${name}?`} consequence="The link in their mail is good no more." submit="Withdraw" done="The invitation was withdrawn." act={() => administration.withdrawInvitation({ userId })} onClose={close} />
      )}
      {asking === "sessions" && (
        <SureDialog title={`End all sessions of ${name}?`} consequence="They are logged out everywhere within a minute, and can log in again." submit="End sessions" done={`All sessions of ${name} have ended.`} act={() => administration.endUserSessions({ userId })} onClose={close} />
      )}
    </li>
  );
}

function detailsOf({ user, inviteTime, state }: UserAccount, secondFactor: boolean): string {
  const place = [user?.department, user?.team].filter(Boolean).join(", ");
  const seen = user?.lastLoginTime ? `last login ${momentOf(timestampDate(user.lastLoginTime))}` : "";
  const invited = state === UserState.INVITED && inviteTime ? `invited ${momentOf(timestampDate(inviteTime))}` : "";
  return [user?.email, place, invited, seen, secondFactor && "two-factor"].filter(Boolean).join(" · ");
}
