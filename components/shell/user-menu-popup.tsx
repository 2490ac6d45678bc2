"use client";

import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import type { RefObject } from "react";
import { type Theme, useTheme } from "@/components/patterns/use-theme";
import {
  Menu,
  MenuContent,
  MenuGroup,
  MenuItem,
  MenuLabel,
  MenuLink,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from "@/components/ui/menu";
import type { UserMenuProps } from "./user-menu";

interface UserMenuPopupProps extends UserMenuProps {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function UserMenuPopup({ user, onSignOut, accountHref, place, anchor, open, onOpenChange }: UserMenuPopupProps) {
  const [theme, setTheme] = useTheme();
  const rail = place === "rail";
  return (
    <Menu open={open} onOpenChange={onOpenChange}>
      <MenuContent anchor={anchor} side={rail ? "top" : "bottom"} align={rail ? "start" : "end"} className="w-64">
        <div className="px-2.5 pt-1.5 pb-1">
          <p className="truncate font-semibold">{user.name}</p>
          <p className="truncate text-sm text-ink-2">{user.email}</p>
          <p className="text-sm text-ink-3">{user.roleLabel}</p>
        </div>
        <MenuSeparator />
        <MenuLink render={<Link href={accountHref} />} icon={<UserRound aria-hidden />}>
          Account settings
        </MenuLink>
        <MenuSeparator />
        <MenuGroup>
          <MenuLabel>Colours</MenuLabel>
          <MenuRadioGroup value={theme} onValueChange={(value: Theme) => setTheme(value)}>
            <MenuRadioItem value="system">System</MenuRadioItem>
            <MenuRadioItem value="light">Light</MenuRadioItem>
            <MenuRadioItem value="dark">Dark</MenuRadioItem>
          </MenuRadioGroup>
        </MenuGroup>
        <MenuSeparator />
        <MenuItem icon={<LogOut aria-hidden />} onClick={onSignOut}>
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
