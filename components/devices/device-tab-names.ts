import { createLoader, parseAsStringLiteral } from "nuqs/server";

export const DEVICE_TABS = ["overview", "health", "commands", "diagnostics", "maintenance", "updates", "activity"] as const;
export type DeviceTab = (typeof DEVICE_TABS)[number];

/** The part of a device's page that is shown, in its URL. */
export const DEVICE_TAB_STATE = { tab: parseAsStringLiteral(DEVICE_TABS).withDefault("overview") };

export const loadDeviceTab = createLoader(DEVICE_TAB_STATE);
