import { useEffect, useRef, useState } from "react";
import { useApp, usePermission } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { UploadIcon } from "@/ui/icons";
import { useToasts } from "@/ui/toasts";
import { droppedIn, holdsFiles } from "./files";
import { useIntake, type Place } from "./intake";

/** Takes files dropped anywhere on the page. A drop that can't be taken never makes the browser leave for the file. */
export function DropZone({ place }: { place: Place }) {
  const { uploads } = useApp();
  const mayAdd = usePermission(Permission.MANAGE_SOURCES);
  const show = useToasts((toasts) => toasts.show);
  const open = useIntake((intake) => intake.show);
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent: only the outermost leave is one.
  const depth = useRef(0);

  useEffect(() => {
    const end = () => {
      depth.current = 0;
      setOver(false);
    };
    const onEnter = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth.current += 1;
      setOver(true);
    };
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = mayAdd ? "copy" : "none";
    };
    const onLeave = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return;
      depth.current -= 1;
      if (depth.current <= 0) end();
    };
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      end();
      if (!mayAdd || event.dataTransfer === null) return;
      const { files, folders } = droppedIn(event.dataTransfer);
      if (folders.length > 0) show(`${folders[0] ?? ""} is a folder. Drop the files in it.`, "danger");
      if (files.length === 0) return;
      uploads.add(files);
      open(place);
    };
    const listeners = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop };
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
    };
  }, [mayAdd, open, place, show, uploads]);

  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-canvas/85 p-4" data-testid="drop-overlay">
      <div className="grid w-full max-w-xl place-items-center gap-3 rounded-2xl border-2 border-dashed border-accent bg-raised px-8 py-16 text-center shadow-pop">
        <UploadIcon className="size-9 text-accent" />
        <p className="text-lg font-semibold">{mayAdd ? "Drop to ask about it" : "Your role doesn’t add data"}</p>
        <p className="text-ink-soft">
          {mayAdd ? "CSV, Excel, JSON, Parquet or SQLite; several at once too." : "Ask the person who manages your organization to add this file."}
        </p>
      </div>
    </div>
  );
}
