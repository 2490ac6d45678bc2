"use client";

import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { type Theme, useTheme } from "@/components/patterns/use-theme";
import { cn } from "@/components/ui/cn";
import { Menu, MenuContent, MenuGroup, MenuItem, MenuLabel, MenuLink, MenuRadioGroup, MenuRadioItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { RAIL_ROW, RAIL_WORD } from "./nav-link";

export interface ShellUser {
  name: string;
  email: string;
  roleLabel: string;
}

interface UserMenuProps {
  user: ShellUser;
  onSignOut: () => void;
  accountHref: string;
  place: "rail" | "bar";
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return ([...first][0] ?? "?").toUpperCase() + ([...last][0] ?? "").toUpperCase();
}

function Initials({ name }: { name: string }) {
  return (
    <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-full bg-accent text-[0.625rem] font-semibold text-on-accent">
      {initialsOf(name)}
    </span>
  );
}

/** Who is signed in, their account, the colours, and the way out. */
export function UserMenu({ user, onSignOut, accountHref, place }: UserMenuProps) {
  const [theme, setTheme] = useTheme();
  const rail = place === "rail";
  return (
    <Menu>
      <MenuTrigger
        title={rail ? undefined : user.name}
        className={rail ? cn(RAIL_ROW, "hover:bg-sunken -mt-2.5 hover:text-ink lg:gap-2 lg:px-1.5") : "grid size-11 place-items-center rounded-full hover:bg-sunken"}
      >
        <Initials name={user.name} />
        <span className={rail ? cn(RAIL_WORD, "max-lg:sr-only") : "sr-only"}>{user.name}</span>
        {rail ? (
          <span aria-hidden className={cn(RAIL_WORD, "pointer-fine:max-lg:hidden lg:hidden")}>
            Account
          </span>
        ) : null}
        <span className="sr-only">, account menu</span>
      </MenuTrigger>
      <MenuContent side={rail ? "top" : "bottom"} align={rail ? "start" : "end"} className="w-64">
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
