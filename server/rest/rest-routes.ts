import type { RestRoute } from "./route";
import { ALERT_ROUTES } from "./routes/alerts";
import { COMMAND_ROUTES } from "./routes/commands";
import { DEVICE_ROUTES } from "./routes/devices";
import { FARM_ROUTES } from "./routes/farms";
import { FIRMWARE_ROUTES } from "./routes/firmware";
import { PROVISIONING_ROUTES } from "./routes/provisioning";

/** Everything below /api/v1/iot that people and programs call: the one table that requests and the document go by. */
export const REST_ROUTES: readonly RestRoute[] = [
  ...DEVICE_ROUTES,
  ...COMMAND_ROUTES,
  ...ALERT_ROUTES,
  ...FIRMWARE_ROUTES,
  ...PROVISIONING_ROUTES,
  ...FARM_ROUTES,
];
