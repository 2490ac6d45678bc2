"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext } from "react";
import { postAuth } from "@/components/auth/post-auth";
import { AppShell } from "@/components/shell/app-shell";
import type { NavItem } from "@/components/shell/navigation";
import { FARM_COOKIE } from "./farm-cookie";
import { LiveUpdates } from "./live-updates";
import { useTRPC } from "./trpc";

export interface Viewer {
  name: string;
  email: string;
  roleLabel: string;
  isAdmin: boolean;
  /** May register devices on at least one farm. */
  canProvision: boolean;
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

const NAVIGATION: NavItem[] = [
  { href: "/overview", label: "Overview", icon: "overview", inBottomBar: true },
  { href: "/devices", label: "Devices", icon: "devices", inBottomBar: true },
  { href: "/groups", label: "Groups", icon: "groups" },
  { href: "/maintenance", label: "Maintenance", icon: "maintenance" },
];
const ADMIN_NAVIGATION: NavItem[] = [
  { href: "/settings/people", label: "People", icon: "people", section: "Administration" },
  { href: "/settings/calibration", label: "Calibration", icon: "calibration", section: "Administration" },
];
const TOKENS: NavItem = { href: "/provisioning", label: "Tokens", icon: "tokens" };
const FARMS: NavItem = { href: "/settings/farms", label: "Farms", icon: "farms", section: "Administration", inBottomBar: true };
const TAGS: NavItem = { href: "/settings/tags", label: "Tags", icon: "tags", section: "Administration" };
const ACCOUNT: NavItem = { href: "/settings/account", label: "Your account", icon: "settings", atFoot: true };

/** The frame around every page for people who are signed in. */
export function ConsoleShell({ viewer, selectedFarmId, children }: ConsoleContext & { children: ReactNode }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data: farms } = useSuspenseQuery(trpc.farms.list.queryOptions());

  const selectFarm = (farmId: string | null) => {
    document.cookie = `${FARM_COOKIE}=${farmId ?? ""}; path=/; max-age=${farmId ? 31_536_000 : 0}; samesite=lax`;
    router.refresh();
  };
  const signOut = () => {
    // A full load afterwards: nothing of this person may stay in memory.
    void postAuth("sign-out", {}).finally(() => window.location.assign("/sign-in"));
  };

  return (
    <Context value={{ viewer, selectedFarmId }}>
      <AppShell
        navigation={[
          ...NAVIGATION,
          ...(viewer.canProvision ? [TOKENS] : []),
          FARMS,
          TAGS,
          ...(viewer.isAdmin ? ADMIN_NAVIGATION : []),
          ACCOUNT,
        ]}
        farms={farms}
        selectedFarmId={selectedFarmId}
        onSelectFarm={selectFarm}
        user={viewer}
        onSignOut={signOut}
      >
        <LiveUpdates />
        {children}
      </AppShell>
    </Context>
  );
}
