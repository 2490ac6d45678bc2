import { todayIn } from "@/server/domain/maintenance/calendar-day";
import { fieldError } from "@/server/errors";

interface Place {
  timeZone: string;
  now: Date;
}

/** @throws invalid_input at `doneOn` for work that is said to be done on a day the farm has not reached */
export function refuseFutureDay(doneOn: string, { timeZone, now }: Place): void {
  if (doneOn > todayIn(timeZone, now)) throw fieldError("invalid_input", "doneOn", "This day is still to come. Plan the work instead.");
}

/** @throws invalid_input at `plannedFor` for work that is planned for a day gone by */
export function refusePastDay(plannedFor: string, { timeZone, now }: Place): void {
  if (plannedFor < todayIn(timeZone, now))
    throw fieldError("invalid_input", "plannedFor", "This day is over. Choose today or later, or record the work as done.");
}
