import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { RememberedDevice } from "@/gen/infinure/auth/v1/mfa_pb";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Waiting } from "@/ui/Spinner";
import { Section } from "./Section";
import { browserName, dayOf } from "./words";

/** The browsers that need no second factor for a while. */
export function Devices() {
  const { mfa } = useApp().clients;
  const found = useQuery({ queryKey: ["devices"], queryFn: () => mfa.listRememberedDevices({}) });
  return (
    <Section title="Remembered devices" subtitle="Browsers that log in by your password alone, for 30 days. A new password forgets them all.">
      {found.isPending && <Waiting label="Loading" />}
      {found.isError && <Notice alert>{problemText(problemOf(found.error))}</Notice>}
      {found.isSuccess && found.data.devices.length === 0 && <p className="text-ink-soft">None.</p>}
      <ul className="divide-y divide-line">
        {found.data?.devices.map((device) => (
          <Device key={device.id} device={device} />
        ))}
      </ul>
    </Section>
  );
}

function Device({ device }: { device: RememberedDevice }) {
  const { mfa } = useApp().clients;
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: () => mfa.forgetRememberedDevice({ deviceId: device.id }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["devices"] }),
  });
  const { lastUseTime, expireTime } = device;
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3" data-testid="remembered-device">
      <div className="min-w-0">
        <p className="font-medium">
          {browserName(device.userAgent)} {device.current && <Badge tone="accent">This browser</Badge>}
        </p>
        <p className="text-sm text-ink-faint">
          {lastUseTime && `Last used ${dayOf(timestampDate(lastUseTime))}`}
          {expireTime && `, remembered until ${dayOf(timestampDate(expireTime))}`}
        </p>
        {forget.isError && <p className="text-sm text-danger">{problemText(problemOf(forget.error))}</p>}
      </div>
      <Button size="small" busy={forget.isPending} onClick={() => forget.mutate()}>
        Forget
      </Button>
    </li>
  );
}
