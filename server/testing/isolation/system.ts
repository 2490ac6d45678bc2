import { DEFAULT_RETENTION } from "@/server/domain/retention/settings";
import { ADMIN, type Expectation } from "./expectation";

/** About the whole installation: for admins only. */
const admins = (input: unknown = undefined): Expectation => ({ may: ADMIN, stranger: "FORBIDDEN", input: () => input });

export const SYSTEM_EXPECTATIONS: Record<string, Expectation> = {
  "system.get": admins(),
  "system.database": admins(),
  "system.storage": admins(),
  "system.runJob": admins({ job: "notifications" }),
  "system.retention": admins(),
  "system.previewRetention": admins({ settings: DEFAULT_RETENTION }),
  "system.saveRetention": admins({ settings: DEFAULT_RETENTION, version: 0 }),
};
