import type { FieldActionInput } from "@/server/domain/scan/action";

/** What somebody did, as they would say it. */
export function describeEntry(action: FieldActionInput): string {
  switch (action.kind) {
    case "set_location":
      return action.location ? `Place: ${action.location}` : "Place cleared";
    case "set_maintenance":
      return action.maintenance ? "Into maintenance" : "Back in service";
    case "complete_work":
      return "Work order closed";
    case "add_photo":
      return "Picture taken";
    case "run_diagnostic":
      return "Run diagnostic";
    case "register":
      return `Registered as “${action.device.name}”`;
  }
}
