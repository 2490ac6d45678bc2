import { router } from "../init";

export const maintenanceRouter = router({});
