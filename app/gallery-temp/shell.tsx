"use client";
import { useState, type ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import type { NavItem } from "@/components/shell/navigation";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
const nav: NavItem[] = [
  { href: "/gallery-temp/overview", label: "Overview", icon: "overview", inBottomBar: true },
  { href: "/gallery-temp/list", label: "Devices", icon: "devices", inBottomBar: true },
  { href: "/gallery-temp/states", label: "Alerts", icon: "alerts", badge: 7, inBottomBar: true },
  { href: "/gallery-temp", label: "Rollouts", icon: "rollouts" },
  { href: "/x1", label: "Firmware", icon: "firmware" },
  { href: "/x2", label: "Maintenance", icon: "maintenance" },
  { href: "/x3", label: "Scan", icon: "scan", section: "Field" },
  { href: "/gallery-temp/wizard", label: "Labels", icon: "labels", section: "Field" },
  { href: "/x5", label: "Import", icon: "import", section: "Field" },
  { href: "/x6", label: "Settings", icon: "settings", atFoot: true },
];
export function Shell({ children, banner }: { children: ReactNode; banner?: boolean }) {
  const [farm, setFarm] = useState<string | null>(null);
  return (
    <AppShell
      navigation={nav}
      farms={[
        { id: "1", name: "Nordhof", code: "NORD", deviceCount: 120 },
        { id: "2", name: "Moorland", code: "MOOR", deviceCount: 98 },
        { id: "3", name: "Weide Ost an der langen Landstrasse hinter dem Moor", code: "WEID", deviceCount: 30 },
      ]}
      selectedFarmId={farm}
      onSelectFarm={setFarm}
      user={{ name: "Marta Lindqvist", email: "marta@nordhof.example", roleLabel: "Farm manager" }}
      onSignOut={() => toast.success("Signed out", { description: "See you at the evening milking." })}
      banner={banner ? <Callout tone="warning">The embedded database is for trying out. Production means PostgreSQL.</Callout> : undefined}
    >
      {children}
    </AppShell>
  );
}
