"use client";

import { lazy, Suspense } from "react";
import { cn } from "@/components/ui/cn";
import { useLazyPopup } from "@/components/ui/use-lazy-popup";
import { RAIL_ROW, RAIL_WORD } from "./nav-link";

export interface ShellUser {
  name: string;
  email: string;
  roleLabel: string;
}

export interface UserMenuProps {
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
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-full bg-accent text-[0.625rem] font-semibold text-on-accent"
    >
      {initialsOf(name)}
    </span>
  );
}

const load = () => import("./user-menu-popup");
const UserMenuPopup = lazy(async () => ({ default: (await load()).UserMenuPopup }));

/** Who is signed in, their account, the colours, and the way out. */
export function UserMenu(props: UserMenuProps) {
  const { mounted, popup, triggerProps } = useLazyPopup(load, "menu");
  const { user, place } = props;
  const rail = place === "rail";
  return (
    <>
      <button
        type="button"
        {...triggerProps}
        title={rail ? undefined : user.name}
        className={
          rail
            ? cn(RAIL_ROW, "-mt-2.5 hover:bg-sunken hover:text-ink lg:gap-2 lg:px-1.5")
            : "grid size-11 place-items-center rounded-full hover:bg-sunken"
        }
      >
        <Initials name={user.name} />
        <span className={rail ? RAIL_WORD : "sr-only"}>{user.name}</span>
        <span className="sr-only">, account menu</span>
      </button>
      {mounted ? (
        <Suspense>
          <UserMenuPopup {...props} {...popup} />
        </Suspense>
      ) : null}
    </>
  );
}
