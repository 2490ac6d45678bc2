import { Badge } from "@/components/ui/badge";
import { FIRMWARE_STATE_FACTS, type FirmwareState } from "@/server/domain/firmware/vocabulary";
import { STATE_ICONS, STATE_TONES } from "./firmware-facts";

/** Where a version stands between draft and deprecated. */
export function FirmwareStateBadge({ state }: { state: FirmwareState }) {
  const Icon = STATE_ICONS[state];
  return (
    <Badge tone={STATE_TONES[state]} icon={<Icon aria-hidden />} title={FIRMWARE_STATE_FACTS[state].meaning}>
      {FIRMWARE_STATE_FACTS[state].label}
    </Badge>
  );
}
