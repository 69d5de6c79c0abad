import { classes } from "./classes";
import { CloseIcon } from "./icons";
import { useToasts } from "./toasts";

export function Toasts() {
  const { shown, dismiss } = useToasts();
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex flex-col items-center gap-2 px-4">
      {shown.map((toast) => (
        <div
          key={toast.id}
          className={classes(
            "pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-xl py-2 pr-2 pl-4 text-sm shadow-pop",
            toast.tone === "danger" ? "bg-danger text-accent-ink" : "bg-ink text-canvas",
          )}
        >
          {toast.text}
          <button type="button" className="grid size-7 place-items-center rounded-md hover:opacity-70" onClick={() => dismiss(toast.id)} aria-label="Dismiss">
            <CloseIcon className="size-4" />
          </button>
        </div>
      ))}
    </div>
  );
}
