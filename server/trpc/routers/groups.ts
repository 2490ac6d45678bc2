import { router } from "../init";

export const groupsRouter = router({});
