/** Where a device's maintenance is. */
export function deviceMaintenanceHref(deviceId: string): string {
  return `/devices/${deviceId}?tab=maintenance`;
}
