import { router } from "../init";

export const diagnosticsRouter = router({});
