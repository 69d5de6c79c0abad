import { useRouteError } from "react-router";
import { Button } from "@/ui/Button";
import { Sentence } from "./Sentence";

/** What is shown when drawing a page broke. */
export function RouteError() {
  const thrown = useRouteError();
  // A part of the page that is loaded later is gone when a new version was installed meanwhile.
  const stale = thrown instanceof TypeError && /import|module/i.test(thrown.message);
  return (
    <Sentence title={stale ? "There is a new version" : "This page broke"} action={<Button look="primary" onClick={() => window.location.reload()}>Reload</Button>}>
      {stale ? "Reload the page to go on with it." : "Reload to go on. Nothing that you asked is lost."}
    </Sentence>
  );
}
