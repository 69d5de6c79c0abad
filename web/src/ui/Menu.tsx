import { Menu as Root, MenuButton, MenuItem as Item, MenuItems } from "@headlessui/react";
import type { ReactNode } from "react";
import { classes } from "./classes";

interface Props {
  label: string;
  button: ReactNode;
  buttonClassName?: string;
  placement?: "bottom end" | "top start" | "bottom start";
  children: ReactNode;
}

export function Menu({ label, button, buttonClassName, placement = "bottom end", children }: Props) {
  return (
    <Root>
      <MenuButton className={buttonClassName} aria-label={label}>
        {button}
      </MenuButton>
      <MenuItems anchor={{ to: placement, gap: 6, padding: 8 }} className="z-50 min-w-48 rounded-xl border border-line bg-raised p-1 shadow-pop focus:outline-none">
        {children}
      </MenuItems>
    </Root>
  );
}

interface ItemProps {
  onSelect: () => void;
  danger?: boolean;
  checked?: boolean;
  children: ReactNode;
}

export function MenuItem({ onSelect, danger = false, checked, children }: ItemProps) {
  return (
    <Item>
      <button
        type="button"
        onClick={onSelect}
        aria-current={checked}
        className={classes(
          "flex w-full items-center justify-between gap-3 rounded-lg px-3 py-2 text-left text-sm data-focus:bg-hover data-focus:outline-none",
          danger && "text-danger",
          checked === true && "font-medium text-accent-deep",
        )}
      >
        {children}
      </button>
    </Item>
  );
}
