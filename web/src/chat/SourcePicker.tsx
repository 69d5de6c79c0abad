import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { CheckIcon, DatabaseIcon } from "@/ui/icons";
import { Menu, MenuItem } from "@/ui/Menu";

interface Props {
  sources: Source[];
  /** Empty: the engine chooses. */
  chosen: string;
  onChoose: (sourceId: string) => void;
}

/** Which source the next questions go to; shown only where there is a choice. */
export function SourcePicker({ sources, chosen, onChoose }: Props) {
  if (sources.length < 2) return null;
  const name = sources.find((source) => source.id === chosen)?.name ?? "Any source";
  const options = [{ id: "", name: "Any source" }, ...sources];
  return (
    <Menu
      label={`Data source: ${name}`}
      placement="top start"
      buttonClassName="flex h-8 min-w-0 items-center gap-1.5 rounded-lg px-2 text-sm text-ink-soft hover:bg-hover"
      button={
        <>
          <DatabaseIcon className="size-4 shrink-0" />
          <span className="max-w-44 truncate">{name}</span>
        </>
      }
    >
      {options.map((option) => (
        <MenuItem key={option.id} checked={option.id === chosen} onSelect={() => onChoose(option.id)}>
          <span className="truncate">{option.name}</span>
          {option.id === chosen && <CheckIcon className="size-4" />}
        </MenuItem>
      ))}
    </Menu>
  );
}
