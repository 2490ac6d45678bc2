import type { FieldDevice } from "@/server/services/scan/views";
import type { OutboxEntry } from "./field-database";

/** A device as it will be when what waits has arrived: what people have done, they want to see. */
export function applyPending(device: FieldDevice, outbox: readonly OutboxEntry[]): FieldDevice {
  return outbox.filter((entry) => entry.action.deviceId === device.deviceId && entry.state === "waiting").reduce(applyEntry, device);
}

function applyEntry(device: FieldDevice, { action }: OutboxEntry): FieldDevice {
  switch (action.kind) {
    case "set_location":
      return { ...device, location: action.location ?? null };
    case "set_maintenance":
      // One that was never heard goes back to waiting.
      return { ...device, lifecycle: action.maintenance ? "maintenance" : device.lastSeenAt === null ? "provisioned" : "active" };
    case "complete_work":
      return { ...device, work: device.work.filter((work) => work.id !== action.recordId) };
    case "add_photo":
    case "run_diagnostic":
    case "register":
      return device;
  }
}
