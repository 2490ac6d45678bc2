import type { AttentionReason } from "@/server/domain/health/policy";

/** Why a device needs somebody, in the words of a farm. */
export function describeAttention(reason: AttentionReason): string {
  switch (reason.kind) {
    case "silent":
      return `Silent since ${formatMoment(reason.since)}`;
    case "battery":
      return `Battery at ${Math.round(reason.percent)} %`;
    case "errors":
      return `${reason.count} errors reported`;
    case "calibration":
      return reason.status === "overdue" ? "Calibration overdue" : "Calibration due";
    case "firmware_failed":
      return "Firmware update failed";
  }
}

function formatMoment(moment: Date): string {
  const isToday = moment.toDateString() === new Date().toDateString();
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return isToday ? time : `${moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${time}`;
}
