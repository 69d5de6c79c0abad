import type { ReactNode } from "react";
import { Mark } from "@/ui/icons";

interface Props {
  title: string;
  action?: ReactNode;
  /** True inside the app's frame, which is the page's main landmark already. */
  framed?: boolean;
  children: ReactNode;
}

/** A page that says one thing. */
export function Sentence({ title, action, framed = false, children }: Props) {
  const Landmark = framed ? "div" : "main";
  return (
    <Landmark className="grid h-full place-items-center overflow-y-auto p-6">
      <div className="max-w-md text-center">
        <Mark className="mx-auto mb-6 size-10" />
        <h1 className="text-xl font-semibold">{title}</h1>
        <p className="mt-2 mb-6 text-ink-soft">{children}</p>
        {action}
      </div>
    </Landmark>
  );
}
