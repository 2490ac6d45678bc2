import { labelJobSchema, type LabelJob } from "@/server/domain/labels/schema";
import { deviceQrText } from "@/server/domain/provisioning/credentials-file";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { LabelView } from "@/server/services/labels/views";

/** A label as the server finds it; `change` is what a test is about. */
export function exampleLabel(change: Partial<LabelView> & { serialNumber?: string | null } = {}): LabelView {
  const { serialNumber = "LF-2024-00123", ...label } = change;
  const deviceId = label.deviceId ?? "MM001";
  const type: DeviceType = label.type ?? "milk_meter";
  return {
    deviceId,
    type,
    name: "Stall 13",
    farm: { id: "farm", name: "Nordhof" },
    code: deviceQrText({ deviceId, type, serialNumber }),
    isRegistered: true,
    lastPrintedAt: null,
    unprintable: "",
    ...label,
  };
}

/** Names as farms in Bengal, Spain and Germany give them. */
export const NAMES = {
  bengali: "উত্তর গোয়ালঘর, দুধ মিটার ৩",
  conjuncts: "সার্কিট স্ত্রী রাষ্ট্র শ্রেণি ক্ষীর কর্মকর্তা জ্ঞান র‍্যাম",
  spanish: "Comedero número 12, señal ¿débil?",
  german: "Melkstand Süd, Größe ß",
};

export function exampleJob(job: { stock: string } & Record<string, unknown>): LabelJob {
  return labelJobSchema.parse({ source: { kind: "devices", deviceIds: ["MM001"] }, template: "full", ...job });
}
