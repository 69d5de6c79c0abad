import type { ReactNode } from "react";
import type { ActivityPerson, UserActivity } from "@/gen/infinure/auth/v1/activity_pb";
import { browserName } from "@/security/words";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { actionText } from "./actions";
import { accountOf, detailsText, momentText, personName, strangerName } from "./told";

interface Props {
  activities: UserActivity[];
  timeZone: string;
  onPerson: (userId: string) => void;
}

/** What was done, the newest first; it scrolls sideways inside itself. A name shows that person's alone. */
export function ActivityTable({ activities, timeZone, onPerson }: Props) {
  return (
    <Card>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Audit log">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">What was done, the newest first. Times are in the time zone {timeZone}.</caption>
          <thead>
            <tr className="border-b border-line text-left text-ink-soft">
              {["Time", "Person", "What happened", "Details", "From where"].map((title) => (
                <th key={title} scope="col" className="px-4 py-2.5 font-medium whitespace-nowrap">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {activities.map((activity) => (
              <Row key={activity.id} activity={activity} onPerson={onPerson} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Row({ activity, onPerson }: { activity: UserActivity; onPerson: (userId: string) => void }) {
  const account = accountOf(activity);
  const details = detailsText(activity);
  return (
    <tr className="border-b border-line/60 align-top last:border-0 hover:bg-hover/50" data-testid="activity">
      <Cell>
        <span className="whitespace-nowrap tabular-nums" title={`Number ${activity.sequence} of the log`}>
          {momentText(activity.createTime)}
        </span>
      </Cell>
      <Cell>{activity.person ? <Person person={activity.person} onPerson={onPerson} /> : <span className="text-ink-faint">{strangerName(activity)}</span>}</Cell>
      <Cell>
        <span className="font-medium">{actionText(activity.action)}</span>
        {activity.altered && (
          <Badge tone="danger" className="ml-2" title="This row isn’t what was written: its content doesn’t give its hash">
            Altered
          </Badge>
        )}
      </Cell>
      <Cell>
        {account && (
          <p>
            account of <Person person={account} onPerson={onPerson} />
          </p>
        )}
        {details !== "" && <p className="text-ink-soft wrap-anywhere">{details}</p>}
      </Cell>
      <Cell>
        <p className="whitespace-nowrap tabular-nums">{activity.ipAddress}</p>
        {activity.userAgent !== "" && (
          <p className="text-ink-faint" title={activity.userAgent}>
            {browserName(activity.userAgent)}
          </p>
        )}
      </Cell>
    </tr>
  );
}

function Cell({ children }: { children: ReactNode }) {
  return <td className="px-4 py-2.5">{children}</td>;
}

function Person({ person, onPerson }: { person: ActivityPerson; onPerson: (userId: string) => void }) {
  const name = personName(person);
  return (
    <button type="button" className="rounded text-left underline decoration-line-strong underline-offset-3 hover:decoration-ink" onClick={() => onPerson(person.id)} title={`Show only what concerns ${name}`}>
      {name}
    </button>
  );
}
