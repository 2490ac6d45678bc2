import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { toast } from "@/components/ui/toast";
import type { HandledAlerts } from "@/server/services/alerts/handle-alerts";

/** How many were handled, in words; what somebody else was faster with is said, too. */
export function sayHandled({ handled, skipped }: HandledAlerts, what: string): string {
  const done = handled === 1 ? `Alert ${what}` : `${handled.toLocaleString("en")} alerts ${what}`;
  if (skipped === 0) return done;
  return handled === 0 ? "Somebody else was faster" : `${done}; ${skipped.toLocaleString("en")} had been dealt with already`;
}

/** Acts that need no dialog. */
export function useAlertActions() {
  const trpc = useTRPC();
  const options = (what: string) => ({
    onSuccess: (result: HandledAlerts) => toast.success(sayHandled(result, what)),
    onError: (error: { message: string }) => toast.error(error.message),
  });
  const acknowledge = useMutation(trpc.alerts.acknowledge.mutationOptions(options("acknowledged")));
  const wake = useMutation(trpc.alerts.wake.mutationOptions(options("brought back")));
  return { acknowledge, wake };
}
