import type { DeviceType } from "../devices/device-type";
import type { AlertType } from "./vocabulary";

interface Described {
  type: AlertType;
  value: number | null;
  message: string | null;
}

/** An alert in one sentence, as notifications and lists say it (specification Task 2.2: message). */
export function alertMessage({ type, value, message }: Described): string {
  switch (type) {
    case "offline":
      return "No message within its offline window";
    case "low_battery":
      return `Battery at ${percent(value)}`;
    case "poor_signal":
      return `Signal at ${String(value ?? 0).replace("-", "\u2212")} dBm`;
    case "high_errors":
    case "elevated_errors":
      return `${value ?? 0} errors reported`;
    case "calibration_overdue":
      return "Its calibration is overdue";
    case "firmware_failed":
      return message ?? "The firmware update failed";
    case "group_offline":
      return `${value ?? 0} devices are offline at once`;
    case "reception_lost":
      return "No messages are received from any device";
    case "custom":
      return message ?? "";
  }
}

function percent(value: number | null): string {
  return `${Math.round((value ?? 0) * 10) / 10} %`;
}

/** What probably helps, in plain words. */
export function alertNextStep(type: AlertType, deviceType: DeviceType | null): string {
  switch (type) {
    case "offline":
      return deviceType === "collar"
        ? "Check whether the animal has come past a reader; then look at battery and strap."
        : "Check power and network at the device; the lamp at its side tells whether it is running.";
    case "low_battery":
      return "Charge or replace the battery on the next round, before it runs flat.";
    case "poor_signal":
      return "Look for what stands between it and the access point, or move the antenna.";
    case "high_errors":
    case "elevated_errors":
      return "Run a diagnostic; restart it outside milking; have it repaired if the errors come back.";
    case "calibration_overdue":
      return "Plan the calibration; until then treat its readings with caution.";
    case "firmware_failed":
      return "Look at the update's log; retry it, or go back to the version before.";
    case "group_offline":
      return "Something they share has failed: look at power, switch and access point before the single devices.";
    case "reception_lost":
      return "An administrator should look at the broker and at the worker. Devices keep trying by themselves.";
    case "custom":
      return "Whoever reported it knows more; look at the timeline.";
  }
}
