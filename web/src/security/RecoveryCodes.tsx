import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Notice } from "@/ui/Notice";
import { saveFile } from "@/ui/save-file";
import { fileOf } from "./recovery-file";

/** Recovery codes, the one time that they are told. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const download = () => saveFile("infinure-recovery-codes.txt", [fileOf(codes)], "text/plain");
  return (
    <div className="grid gap-4">
      <Notice tone="warning">Keep these recovery codes where you keep your passwords. They are shown this once; each opens one login when your app is lost.</Notice>
      <ul className="grid gap-1 rounded-lg bg-sunken px-3.5 py-3 font-mono text-sm" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={() => codes.join("\n")} label="Copy" />
        <Button look="quiet" size="small" onClick={download}>
          Download
        </Button>
      </div>
      <Button look="primary" onClick={onDone}>
        I have kept them
      </Button>
    </div>
  );
}
