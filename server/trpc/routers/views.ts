import { router } from "../init";

export const viewsRouter = router({});
