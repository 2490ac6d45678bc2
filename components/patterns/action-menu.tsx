"use client";

import { Ellipsis } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { useLazyPopup } from "@/components/ui/use-lazy-popup";

export interface ActionItem {
  label: string;
  icon?: ReactNode;
  onSelect?: () => void;
  /** Goes somewhere instead. */
  href?: string;
  tone?: "plain" | "danger";
  disabled?: boolean;
  /** A line above it. */
  separated?: boolean;
}

interface ActionMenuProps extends Pick<ButtonProps, "variant" | "size" | "className"> {
  /** Its name: "Actions for MM012". */
  label: string;
  items: readonly ActionItem[];
  align?: "start" | "end";
  /** Instead of the three dots. */
  children?: ReactNode;
}

const load = () => import("./action-menu-popup");
const ActionMenuPopup = lazy(async () => ({ default: (await load()).ActionMenuPopup }));

/** What can be done with one thing, behind three dots. A row of a table costs one plain button. */
export function ActionMenu({ label, items, align = "end", children, variant = "ghost", size = "icon", className }: ActionMenuProps) {
  const { mounted, popup, triggerProps } = useLazyPopup(load, "menu");
  return (
    <>
      <Button variant={variant} size={size} className={className} aria-label={label} {...triggerProps}>
        {children ?? <Ellipsis aria-hidden />}
      </Button>
      {mounted ? (
        <Suspense>
          <ActionMenuPopup {...popup} items={items} align={align} />
        </Suspense>
      ) : null}
    </>
  );
}
