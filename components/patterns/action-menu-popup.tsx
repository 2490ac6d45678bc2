"use client";

import Link from "next/link";
import { Fragment, type RefObject, useRef } from "react";
import { Menu, MenuContent, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import type { ActionItem } from "./action-menu";

interface ActionMenuPopupProps {
  items: readonly ActionItem[];
  align: "start" | "end";
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ActionMenuPopup({ items, align, anchor, open, onOpenChange }: ActionMenuPopupProps) {
  const chosen = useRef<() => void>(undefined);
  const runChosen = () => {
    chosen.current?.();
    chosen.current = undefined;
  };
  return (
    <Menu open={open} onOpenChange={onOpenChange}>
      <MenuContent anchor={anchor} align={align} onClosed={runChosen} className="min-w-44">
        {items.map(({ label, icon, onSelect, href, tone, disabled, separated }) => (
          <Fragment key={label}>
            {separated ? <MenuSeparator /> : null}
            {href ? (
              <MenuLink render={<Link href={href} />} icon={icon}>
                {label}
              </MenuLink>
            ) : (
              <MenuItem icon={icon} tone={tone} disabled={disabled} onClick={() => (chosen.current = onSelect)}>
                {label}
              </MenuItem>
            )}
          </Fragment>
        ))}
      </MenuContent>
    </Menu>
  );
}
