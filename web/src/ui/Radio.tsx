import type { ReactNode } from "react";

interface Props {
  name: string;
  checked: boolean;
  disabled?: boolean;
  onChoose: () => void;
  children: ReactNode;
}

export function Radio({ name, checked, disabled = false, onChoose, children }: Props) {
  return (
    <label className="flex items-center gap-2 py-1">
      <input type="radio" name={name} checked={checked} disabled={disabled} onChange={onChoose} className="size-4 shrink-0 accent-accent" />
      <span>{children}</span>
    </label>
  );
}
