"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type ComponentProps, type ReactNode, type RefObject, useCallback } from "react";
import { cn } from "./cn";
import { FLOATING_ITEM, FLOATING_PANEL } from "./control-styles";

export const Menu = Base.Root;
export const MenuTrigger = Base.Trigger;
export const MenuGroup = Base.Group;
export const MenuRadioGroup = Base.RadioGroup;

interface MenuContentProps {
  className?: string;
  side?: ComponentProps<typeof Base.Positioner>["side"];
  align?: ComponentProps<typeof Base.Positioner>["align"];
  /** Of a menu without a `MenuTrigger` (see `useLazyPopup`): where it opens and where the focus returns. */
  anchor?: RefObject<HTMLElement | null>;
  /** When it is gone and the focus is back at the anchor: a dialog opened before that would lose the focus again. */
  onClosed?: () => void;
  children: ReactNode;
}

export function MenuContent({ className, side = "bottom", align = "start", anchor, onClosed, children }: MenuContentProps) {
  const start = useCallback((popup: HTMLElement | null) => startAtFirstItem(popup, anchor), [anchor]);
  const returnFocus = () => {
    setTimeout(() => onClosed?.());
    return anchor?.current ?? true;
  };
  return (
    <Base.Portal>
      <Base.Positioner anchor={anchor} side={side} align={align} sideOffset={6} collisionPadding={12} className="z-50 outline-none">
        <Base.Popup
          ref={start}
          finalFocus={returnFocus}
          className={cn(
            FLOATING_PANEL,
            "max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto overscroll-contain p-1.5",
            className,
          )}
        >
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

/** Without a trigger of its own the menu cannot know that the keyboard opened it: then the first item has the focus. */
function startAtFirstItem(popup: HTMLElement | null, anchor: RefObject<HTMLElement | null> | undefined): void {
  if (!popup || !anchor?.current?.matches(":focus-visible")) return;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (popup === document.activeElement) popup.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
    }),
  );
}

interface MenuItemProps extends Omit<Base.Item.Props, "className"> {
  className?: string;
  icon?: ReactNode;
  tone?: "plain" | "danger";
}

export function MenuItem({ className, icon, tone = "plain", children, ...props }: MenuItemProps) {
  return (
    <Base.Item {...props} className={cn(FLOATING_ITEM, tone === "danger" && "text-critical", className)}>
      {icon ? <span className={tone === "danger" ? undefined : "text-ink-3"}>{icon}</span> : null}
      <span className="min-w-0 flex-1">{children}</span>
    </Base.Item>
  );
}

/** A line that goes somewhere: `<MenuLink render={<Link href="…" />}>`. */
export function MenuLink({
  className,
  icon,
  children,
  ...props
}: Omit<Base.LinkItem.Props, "className"> & { className?: string; icon?: ReactNode }) {
  return (
    <Base.LinkItem closeOnClick {...props} className={cn(FLOATING_ITEM, className)}>
      {icon ? <span className="text-ink-3">{icon}</span> : null}
      <span className="min-w-0 flex-1">{children}</span>
    </Base.LinkItem>
  );
}

export function MenuRadioItem({ className, children, ...props }: Omit<Base.RadioItem.Props, "className"> & { className?: string }) {
  return (
    <Base.RadioItem {...props} className={cn(FLOATING_ITEM, className)}>
      <span className="min-w-0 flex-1">{children}</span>
      <Base.RadioItemIndicator>
        <Check aria-hidden className="text-accent" />
      </Base.RadioItemIndicator>
    </Base.RadioItem>
  );
}

export function MenuLabel({ children, className }: { children: ReactNode; className?: string }) {
  return <Base.GroupLabel className={cn("px-2.5 pt-1.5 pb-1 text-xs font-medium text-ink-3", className)}>{children}</Base.GroupLabel>;
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
}
