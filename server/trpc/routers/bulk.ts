import { router } from "../init";

export const bulkRouter = router({});
