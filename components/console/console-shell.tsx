"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext } from "react";
import { ReceptionBanner } from "@/components/alerts/reception-banner";
import { BrowserNotifier } from "@/components/notifications/browser-notifier";
import { AppShell } from "@/components/shell/app-shell";
import type { NavItem } from "@/components/shell/navigation";
import { FARM_COOKIE } from "./farm-cookie";
import { LiveUpdates } from "./live-updates";
import { useTRPC } from "./trpc";
import { useSignOut } from "./use-sign-out";

export interface Viewer {
  name: string;
  email: string;
  roleLabel: string;
  isAdmin: boolean;
  /** May register devices on at least one farm. */
  canProvision: boolean;
  /** May add firmware and move it from state to state. */
  canManageFirmware: boolean;
  /** May start and steer rollouts on at least one farm. */
  canManageRollouts: boolean;
}

interface ConsoleContext {
  viewer: Viewer;
  selectedFarmId: string | null;
}

const Context = createContext<ConsoleContext | null>(null);

/** Who looks, and at which farm. */
export function useConsole(): ConsoleContext {
  const context = useContext(Context);
  if (!context) throw new Error("useConsole is for pages of the console");
  return context;
}

const OVERVIEW: NavItem = { href: "/overview", label: "Overview", icon: "overview", inBottomBar: true };
const ALERTS: NavItem = { href: "/alerts", label: "Alerts", icon: "alerts", inBottomBar: true };
const NAVIGATION: NavItem[] = [
  { href: "/devices", label: "Devices", icon: "devices", inBottomBar: true },
  { href: "/scan", label: "Scan", icon: "scan" },
  { href: "/groups", label: "Groups", icon: "groups" },
  { href: "/maintenance", label: "Maintenance", icon: "maintenance" },
  { href: "/firmware", label: "Firmware", icon: "firmware" },
  { href: "/rollouts", label: "Rollouts", icon: "rollouts" },
];
const LABELS: NavItem = { href: "/labels", label: "Labels", icon: "labels" };
const TOKENS: NavItem = { href: "/provisioning", label: "Tokens", icon: "tokens" };
const NOTIFICATIONS: NavItem = { href: "/notifications", label: "Notifications", icon: "notifications", atFoot: true };
const SETTINGS: NavItem = { href: "/settings", label: "Settings", icon: "settings", atFoot: true };

/** The frame around every page for people who are signed in. */
export function ConsoleShell({ viewer, selectedFarmId, children }: ConsoleContext & { children: ReactNode }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data: farms } = useSuspenseQuery(trpc.farms.list.queryOptions());

  const open = useQuery(
    trpc.alerts.counts.queryOptions({ view: "active", farmIds: selectedFarmId ? [selectedFarmId] : [] }, { staleTime: 10_000 }),
  );

  const unread = useQuery(trpc.notifications.unread.queryOptions(undefined, { staleTime: 10_000 }));

  const selectFarm = (farmId: string | null) => {
    document.cookie = `${FARM_COOKIE}=${farmId ?? ""}; path=/; max-age=${farmId ? 31_536_000 : 0}; samesite=lax`;
    router.refresh();
  };
  const { signOut, dialog } = useSignOut();

  return (
    <Context value={{ viewer, selectedFarmId }}>
      <AppShell
        navigation={[
          OVERVIEW,
          { ...ALERTS, badge: open.data?.total },
          ...NAVIGATION,
          ...(viewer.canProvision ? [TOKENS, LABELS] : []),
          { ...NOTIFICATIONS, badge: unread.data?.unread },
          SETTINGS,
        ]}
        farms={farms}
        selectedFarmId={selectedFarmId}
        onSelectFarm={selectFarm}
        user={viewer}
        onSignOut={signOut}
      >
        <LiveUpdates />
        <BrowserNotifier />
        <ReceptionBanner />
        {dialog}
        {children}
      </AppShell>
    </Context>
  );
}
