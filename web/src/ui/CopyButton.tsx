import { useState } from "react";
import { Button } from "./Button";
import { copyText } from "./clipboard";
import { CheckIcon, CopyIcon } from "./icons";
import { useToasts } from "./toasts";

const CONFIRMED_FOR_MS = 1_600;

export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [copied, setCopied] = useState(false);
  const show = useToasts((toasts) => toasts.show);
  const copy = async () => {
    if (!(await copyText(text()))) {
      show("The browser didn’t allow copying.", "danger");
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRMED_FOR_MS);
  };
  return (
    <Button look="quiet" size="small" onClick={copy}>
      {copied ? <CheckIcon className="size-4" /> : <CopyIcon className="size-4" />}
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </Button>
  );
}
