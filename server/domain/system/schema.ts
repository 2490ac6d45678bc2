import { z } from "zod";
import { JOB_NAMES } from "./jobs";

export const runJobNowSchema = z.object({ job: z.enum(JOB_NAMES, "Name one of the scheduled jobs") });
