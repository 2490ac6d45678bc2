import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { toast } from "@/components/ui/toast";

/** Starts a diagnostic; one that is running already is said, not doubled. */
export function useRunDiagnostic(deviceId: string): { run: () => void; isPending: boolean } {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.diagnostics.run.mutationOptions({
      onSuccess: ({ isNew }) =>
        toast.success(isNew ? `Diagnostic of ${deviceId} started` : `A diagnostic of ${deviceId} is running already`),
      onError: (error) => toast.error(error.message),
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.diagnostics.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.commands.list.pathKey() }),
        ]),
    }),
  );
  return { run: () => mutate({ deviceId }), isPending };
}
