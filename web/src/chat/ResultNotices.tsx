import { NoticeKind, type Notice } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { WarningIcon } from "@/ui/icons";

/** What a result doesn't show by itself, such as rows that its joins leave out. */
export function ResultNotices({ notices }: { notices: Notice[] }) {
  return (
    <ul className="grid gap-1 text-sm text-ink-soft" aria-label="What to know of this result" data-testid="notices">
      {notices.map((notice) => (
        <li key={notice.text} className="flex items-start gap-1.5">
          <WarningIcon className={notice.kind === NoticeKind.NOT_COUNTED ? "mt-0.5 size-4.5 shrink-0 text-ink-faint" : "mt-0.5 size-4.5 shrink-0 text-warning"} />
          <span className="min-w-0 wrap-anywhere">{notice.text}</span>
        </li>
      ))}
    </ul>
  );
}
