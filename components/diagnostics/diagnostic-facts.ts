import { CircleCheck, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { CheckResult, CheckSource } from "@/server/domain/diagnostics/check";
import type { DiagnosticSummary } from "@/server/services/diagnostics/views";

export const CHECK_RESULT_FACTS: Record<CheckResult, { label: string; tone: Tone; icon: LucideIcon }> = {
  passed: { label: "Passed", tone: "healthy", icon: CircleCheck },
  warning: { label: "Warning", tone: "warning", icon: TriangleAlert },
  failed: { label: "Failed", tone: "critical", icon: CircleX },
};

export const CHECK_SOURCE_LABELS: Record<CheckSource, string> = { device: "What the device reports", server: "What the server knows" };

/** 1 failed, 2 warnings, 11 passed: what is not there is not said. */
export function describeCounts({ failed, warning, passed }: DiagnosticSummary["counts"]): string {
  return [
    failed > 0 && `${failed} failed`,
    warning > 0 && `${warning} ${warning === 1 ? "warning" : "warnings"}`,
    passed > 0 && `${passed} passed`,
  ]
    .filter(Boolean)
    .join(", ");
}
