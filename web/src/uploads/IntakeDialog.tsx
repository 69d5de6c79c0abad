import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { create } from "@bufbuild/protobuf";
import { problemOf, type Problem } from "@/api/problem";
import { useApp } from "@/app/context";
import { useSources } from "@/chat/queries";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { ProgressSchema, type Progress } from "@/gen/infinure/integration/v1/upload_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { groupsOf } from "./groups";
import { useIntake } from "./intake";
import { ItemCard } from "./ItemCard";
import { loadMistake, loadsOf, type LoadChoice } from "./loads";
import { isUnderWay, type Item } from "./queue";
import { isChanged, mistakeOf } from "./reading";
import { SourceNames } from "./SourceNames";
import { resultOf } from "./stream";
import { UploadButton } from "./UploadButton";
import { useFinish } from "./useFinish";
import { useWork } from "./useWork";
import { WarehouseNames } from "./WarehouseNames";
import { WorkProgress } from "./WorkProgress";

/** Files on their way to become something to ask: sent, read, checked, added. */
export default function IntakeDialog() {
  const { clients, uploads } = useApp();
  const { place, aim, setAim, close } = useIntake();
  const items = useStore(uploads.items);
  const taken = useSources().data?.map((source) => source.name) ?? [];
  const finish = useFinish();
  const work = useWork();
  const [together, setTogether] = useState(true);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [choices, setChoices] = useState<Record<string, LoadChoice>>({});
  const [failedLoad, setFailedLoad] = useState<{ key: string; problem: Problem }>();
  const [leaving, setLeaving] = useState(false);

  const underWay = items.some(isUnderWay);
  useStayUntil(underWay || work.running);
  const changed = items.filter(hasChanged);
  const mistake = changed.map((item) => item.draft && mistakeOf(item.draft)).find((text) => text !== undefined);
  const ready = items.length > 0 && items.every((item) => item.phase === "ready");
  const groups = groupsOf(items, together, typed, taken);
  const loads = loadsOf(items, choices);
  const addable = ready && changed.length === 0 && (aim === "source" ? groups.every((group) => group.name.trim() !== "") : loads.length > 0 && loads.every((load) => loadMistake(loads, load) === undefined));

  const changeAim = () => {
    work.forgive();
    setFailedLoad(undefined);
    setAim(aim === "source" ? "warehouse" : "source");
  };
  const leave = () => {
    work.stop();
    uploads.clear();
    close();
  };
  const askToLeave = () => (items.length > 0 || work.running ? setLeaving(true) : leave());

  const add = async () => {
    const made = await work.run(async (onProgress, signal) => {
      const sources: Source[] = [];
      for (const group of groups) {
        const uploadIds = group.items.map((item) => item.upload?.id ?? "");
        const request = { source: { name: group.name.trim(), configuration: { kind: { case: "files" as const, value: { uploadIds } } } } };
        sources.push(await resultOf<{ case: "source"; value: Source }>(clients.sources.connectSource(request, { signal }), onProgress));
        uploads.release(group.items.map((item) => item.id));
      }
      return sources;
    });
    if (made !== undefined) await finish(made);
  };
  const load = async () => {
    setFailedLoad(undefined);
    const made = await work.run(async (onProgress, signal) => {
      let source: Source | undefined;
      for (const [index, { key, uploadId, table, name, replace }] of loads.entries()) {
        const request = { table: name, replace, from: { case: "upload" as const, value: { uploadId, table } } };
        const told = (progress: Progress) => onProgress(loads.length === 1 ? progress : share(progress, name, index, loads.length));
        try {
          source = await resultOf<{ case: "source"; value: Source }>(clients.warehouse.loadTable(request, { signal }), told);
          // Loaded once it stays: another attempt for what comes after takes its place.
          setChoices((before) => ({ ...before, [key]: { name, replace: true } }));
        } catch (thrown) {
          if (!signal.aborted) setFailedLoad({ key, problem: problemOf(thrown) });
          throw thrown;
        }
      }
      return source;
    });
    if (made === undefined) return;
    uploads.clear();
    await finish([made]);
  };

  return (
    <WideDialog open onClose={askToLeave} title={aim === "source" ? "Add files" : "Load files into the warehouse"} foot={foot()}>
      <div className="grid gap-4" data-testid="intake">
        {items.length === 0 && <p className="py-6 text-center text-ink-soft">No file is left here. Upload one, or close this.</p>}
        {items.map((item) => (
          <ItemCard key={item.id} item={item} locked={work.running} />
        ))}
        {ready && aim === "source" && (
          <SourceNames
            groups={groups}
            together={together}
            onTogether={setTogether}
            onName={(key, name) => {
              work.forgive();
              setTyped({ ...typed, [key]: name });
            }}
            disabled={work.running}
            problem={work.problem}
          />
        )}
        {ready && aim === "warehouse" && <WarehouseNames loads={loads} onChoose={(key, choice) => setChoices({ ...choices, [key]: choice })} disabled={work.running} failed={failedLoad} />}
      </div>
    </WideDialog>
  );

  function foot() {
    if (leaving) {
      return (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p className="mr-auto text-sm text-ink-soft" role="alert">
            {underWay || work.running ? "Stop, and forget these files?" : "Forget these files? They aren’t added yet."}
          </p>
          <Button onClick={() => setLeaving(false)} autoFocus>
            Stay
          </Button>
          <Button look="danger" onClick={leave} data-testid="intake-discard">
            Forget them
          </Button>
        </div>
      );
    }
    if (work.running) {
      return (
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4">
          <WorkProgress label={aim === "source" ? "Making the data source" : "Loading into the warehouse"} progress={work.progress} />
          <Button onClick={work.stop} data-testid="intake-stop">
            Stop
          </Button>
        </div>
      );
    }
    return (
      <div className="flex flex-wrap items-center justify-end gap-2">
        <div className="mr-auto flex flex-wrap gap-1">
          <UploadButton place={place} look="quiet" size="small" label="More files" />
          {ready && (
            <Button look="quiet" size="small" onClick={changeAim} data-testid="intake-aim">
              {aim === "source" ? "Load into the warehouse instead" : "Make a data source instead"}
            </Button>
          )}
        </div>
        {mistake !== undefined && (
          <p className="text-sm text-danger" role="alert">
            {mistake}
          </p>
        )}
        <Button onClick={askToLeave}>Cancel</Button>
        {changed.length > 0 ? (
          <Button look="primary" disabled={mistake !== undefined || underWay} onClick={() => changed.forEach((item) => uploads.readAgain(item.id))} data-testid="read-again">
            Read again
          </Button>
        ) : (
          <Button look="primary" disabled={!addable} onClick={aim === "source" ? add : load} data-testid="intake-add">
            {aim === "warehouse" ? "Load" : groups.length > 1 ? `Add ${groups.length} sources` : "Add"}
          </Button>
        )}
      </div>
    );
  }
}

function hasChanged(item: Item): boolean {
  return (item.phase === "ready" || item.phase === "failed") && item.draft !== undefined && item.upload !== undefined && isChanged(item.draft, item.upload, item.asked);
}

/** One load's progress as a part of several. */
function share(progress: Progress, name: string, index: number, total: number): Progress {
  const stage = `${name} (${index + 1} of ${total}): ${progress.stage}`;
  return create(ProgressSchema, { stage, rowCount: progress.rowCount, fraction: (index + progress.fraction) / total });
}

/** Asks before the page is left while files are on their way. */
function useStayUntil(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [busy]);
}
