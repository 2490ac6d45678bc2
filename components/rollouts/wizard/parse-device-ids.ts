import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";

/** What somebody typed or pasted as a list of device IDs: one a line, or divided by commas, semicolons or spaces. */
export function parseDeviceIds(text: string): { deviceIds: string[]; malformed: string[] } {
  const words = [
    ...new Set(
      text
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
  return {
    deviceIds: words.filter((word) => DEVICE_ID_PATTERN.test(word)),
    malformed: words.filter((word) => !DEVICE_ID_PATTERN.test(word)),
  };
}

/** What is wrong with such a list; `undefined` = nothing. */
export function deviceIdsError({ deviceIds, malformed }: ReturnType<typeof parseDeviceIds>): string | undefined {
  if (malformed.length > 0) return `Not a device ID: ${malformed.slice(0, 3).join(", ")}${malformed.length > 3 ? " …" : ""}`;
  return deviceIds.length === 0 ? "Name at least one device" : undefined;
}
