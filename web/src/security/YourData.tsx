import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { ConsentPurpose, type Consent } from "@/gen/infinure/auth/v1/consent_pb";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { saveFile } from "@/ui/save-file";
import { Waiting } from "@/ui/Spinner";
import { useToasts } from "@/ui/toasts";
import { myData } from "./my-data";
import { Section } from "./Section";
import { dayOf } from "./words";

const KEY = ["consents"];

/** Whoever changes what these mean counts the version of the wording up, in services/auth/consenting.py. */
const PURPOSES: Partial<Record<ConsentPurpose, { title: string; meaning: string }>> = {
  [ConsentPurpose.LEARNING]: {
    title: "Learn from what I choose and judge",
    meaning: "What you choose when Infinure asks back becomes a word of your organization, and your thumbs change how questions are read.",
  },
  [ConsentPurpose.USAGE]: {
    title: "Show in usage figures that I asked",
    meaning: "Without it your questions are counted as nobody’s. What you ask is never in these figures.",
  },
};

/** What is kept of somebody: a copy of it, and what may be done with it. */
export function YourData() {
  const { privacy } = useApp().clients;
  const found = useQuery({ queryKey: KEY, queryFn: () => privacy.getConsents({}) });
  return (
    <Section title="Your data" subtitle="A copy of everything that is kept of you, and what may be done with it.">
      {found.isPending && <Waiting label="Loading" />}
      {found.isError && <Notice alert>{problemText(problemOf(found.error))}</Notice>}
      <ul className="mb-4 grid gap-3">
        {found.data?.consents.map((consent) => (
          <Row key={consent.purpose} consent={consent} />
        ))}
      </ul>
      <Export />
    </Section>
  );
}

function Row({ consent }: { consent: Consent }) {
  const { privacy } = useApp().clients;
  const queries = useQueryClient();
  const { purpose, given, recordTime } = consent;
  const say = useMutation({
    mutationFn: (allowed: boolean) => privacy.setConsent({ purpose, given: allowed }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const words = PURPOSES[purpose];
  if (!words) return null;
  return (
    <li>
      <label className="flex items-start gap-3">
        <input type="checkbox" className="mt-1 size-4 shrink-0 accent-accent" checked={say.isPending ? say.variables : given} onChange={(event) => say.mutate(event.target.checked)} />
        <span>
          {words.title}
          <span className="block text-sm text-ink-faint">
            {words.meaning}
            {recordTime && ` ${given ? "Allowed" : "Withdrawn"} ${dayOf(timestampDate(recordTime))}.`}
          </span>
        </span>
      </label>
      {say.isError && <p className="text-sm text-danger">{problemText(problemOf(say.error))}</p>}
    </li>
  );
}

function Export() {
  const { privacy } = useApp().clients;
  const show = useToasts((toasts) => toasts.show);
  const save = useMutation({
    mutationFn: () => myData(privacy),
    onSuccess: ({ parts, count }) => {
      saveFile(`my-data-${new Date().toISOString().slice(0, 10)}.jsonl`, parts, "application/jsonl");
      show(`${count.toLocaleString()} ${count === 1 ? "record was" : "records were"} exported.`);
    },
    onError: (thrown) => show(problemText(problemOf(thrown)), "danger"),
  });
  return (
    <Button busy={save.isPending} onClick={() => save.mutate()}>
      Export my data
    </Button>
  );
}
