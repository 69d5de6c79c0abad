import { ButtonLink } from "@/ui/Button";
import { Sentence } from "./Sentence";
import { useTitle } from "./title";

export function NotFoundPage() {
  useTitle("Not found");
  return (
    <Sentence title="There is no such page" action={<ButtonLink look="primary" to="/chat">Go to the chat</ButtonLink>}>
      The address may be mistyped, or what was here is gone.
    </Sentence>
  );
}
