import { useTitle } from "@/app/title";
import { Page } from "@/sources/Page";
import { ChangePassword } from "./ChangePassword";
import { Devices } from "./Devices";
import { Sessions } from "./Sessions";
import { TwoFactor } from "./TwoFactor";
import { YourData } from "./YourData";

export default function SecurityPage() {
  useTitle("Security");
  return (
    <Page title="Security" subtitle="How your account is kept yours.">
      <TwoFactor />
      <Sessions />
      <Devices />
      <ChangePassword />
      <YourData />
    </Page>
  );
}
