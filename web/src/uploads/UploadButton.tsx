import { useRef, type ChangeEvent } from "react";
import { useApp } from "@/app/context";
import { Button } from "@/ui/Button";
import { UploadIcon } from "@/ui/icons";
import { useIntake, type Aim, type Place } from "./intake";

interface Props {
  place: Place;
  look?: "primary" | "secondary" | "quiet";
  size?: "medium" | "small" | "icon";
  aim?: Aim;
  label?: string;
}

/** Chooses files to add, for who doesn't drop them. */
export function UploadButton({ place, look = "secondary", size = "medium", aim = "source", label = "Upload files" }: Props) {
  const { uploads } = useApp();
  const open = useIntake((intake) => intake.show);
  const picker = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    // Choosing the same file again must count as a choice.
    event.target.value = "";
    if (files.length === 0) return;
    uploads.add(files);
    open(place, aim);
  };
  return (
    <>
      <input ref={picker} type="file" multiple className="hidden" onChange={take} tabIndex={-1} aria-label={`${label} (file)`} data-testid="upload-input" />
      <Button look={look} size={size} onClick={() => picker.current?.click()} aria-label={size === "icon" ? label : undefined} title={size === "icon" ? label : undefined} data-testid="upload-button">
        <UploadIcon className={size === "medium" ? "size-4.5" : size === "small" ? "size-4" : "size-5"} />
        {size !== "icon" && label}
      </Button>
    </>
  );
}
