import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { UserAccount } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Field } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { Input } from "@/ui/Input";
import { useToasts } from "@/ui/toasts";
import { isDecided, messageOf, NEW_PLACE, personName, placeOf } from "./place";
import { PlaceFields } from "./PlaceFields";
import { usePeopleChanged } from "./queries";

/** Invites somebody. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { administration } = useApp().clients;
  const [person, setPerson] = useState({ email: "", firstName: "", lastName: "" });
  const [place, setPlace] = useState(NEW_PLACE);
  const invite = useChange(() => administration.inviteUser({ ...person, email: person.email.trim(), place: messageOf(place) }), `An invitation is on its way to ${person.email.trim()}.`, onClose);
  const complete = Object.values(person).every((value) => value.trim() !== "") && isDecided(place);
  const input = (name: keyof typeof person, label: string, type = "text") => (
    <Field label={label}>
      {(control) => <Input {...control} type={type} autoComplete="off" maxLength={name === "email" ? 254 : 100} value={person[name]} onChange={(event) => setPerson({ ...person, [name]: event.target.value })} />}
    </Field>
  );
  return (
    <FormDialog title="Invite somebody" submit="Send invitation" work={invite} problem={changeProblem} ready={complete} onClose={onClose}>
      {input("email", "E-mail", "email")}
      <div className="grid gap-4 sm:grid-cols-2">
        {input("firstName", "First name")}
        {input("lastName", "Last name")}
      </div>
      <PlaceFields place={place} onChange={setPlace} />
    </FormDialog>
  );
}

/** Changes what somebody is and may. */
export function PlaceDialog({ account, onClose }: { account: UserAccount; onClose: () => void }) {
  const { administration } = useApp().clients;
  const [place, setPlace] = useState(() => placeOf(account));
  const change = useChange(
    () => administration.updateUser({ userId: account.user?.id ?? "", place: messageOf(place), etag: account.etag }),
    `${personName(account)} was changed. It holds within a minute.`,
    onClose,
  );
  return (
    <FormDialog title={personName(account)} submit="Save" work={change} problem={changeProblem} ready={isDecided(place)} onClose={onClose}>
      <PlaceFields place={place} onChange={setPlace} />
    </FormDialog>
  );
}

interface SureProps {
  title: string;
  consequence: string;
  submit: string;
  done: string;
  act: () => Promise<unknown>;
  onClose: () => void;
}

/** Does what can't be taken back at once, when that was confirmed. */
export function SureDialog({ title, consequence, submit, done, act, onClose }: SureProps) {
  const change = useChange(act, done, onClose);
  return (
    <FormDialog title={title} submit={submit} danger work={change} problem={changeProblem} onClose={onClose}>
      <p className="text-ink-soft">{consequence}</p>
    </FormDialog>
  );
}

/** A change of somebody; the list is read again whatever came of it. */
export function useChange(act: () => Promise<unknown>, done: string, onDone: () => void) {
  const changed = usePeopleChanged();
  const show = useToasts((toasts) => toasts.show);
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      show(done);
      onDone();
    },
    onSettled: changed,
  });
}

/** In the words of who changes somebody else. */
export function changeProblem(error: unknown): string {
  const problem = problemOf(error);
  if (problem.reason === ErrorReason.EMAIL_TAKEN) return "This address has an account already.";
  if (problem.reason === ErrorReason.USER_NOT_FOUND) return "This person is no longer in your organization.";
  if (problem.reason === ErrorReason.REQUEST_INVALID) return "Something isn’t right. Check the e-mail and the names.";
  return problemText(problem);
}
