import { Badge } from "@/components/ui/badge";
import { FIRMWARE_STATE_FACTS, type FirmwareState } from "@/server/domain/firmware/vocabulary";
import { STATE_ICONS, STATE_TONES } from "./firmware-facts";

interface FirmwareStateBadgeProps {
  state: FirmwareState;
  /** The newest stable one of its type: where devices should be. */
  isNewest?: boolean;
}

/** Where a version stands between draft and deprecated. */
export function FirmwareStateBadge({ state, isNewest = false }: FirmwareStateBadgeProps) {
  const Icon = STATE_ICONS[state];
  return (
    <Badge tone={STATE_TONES[state]} icon={<Icon aria-hidden />} title={FIRMWARE_STATE_FACTS[state].meaning}>
      {isNewest ? "Newest stable" : FIRMWARE_STATE_FACTS[state].label}
    </Badge>
  );
}
