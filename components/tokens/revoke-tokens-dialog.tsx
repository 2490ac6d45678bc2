import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { toast } from "@/components/ui/toast";
import type { TokenAct } from "./token-actions";

interface RevokeTokensDialogProps {
  asked: Exclude<TokenAct, { kind: "show-batch" }> | undefined;
  onClose: () => void;
}

/** Asks before a token, or a whole batch, is ended. */
export function RevokeTokensDialog({ asked, onClose }: RevokeTokensDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revoke = useMutation(trpc.provisioning.revokeTokens.mutationOptions());
  const isBatch = asked?.kind === "revoke-batch";
  const confirm = async () => {
    if (!asked) return;
    try {
      const target = asked.kind === "revoke-batch" ? { batchId: asked.batchId } : { tokenId: asked.token.id };
      const { revoked } = await revoke.mutateAsync(target);
      toast.success(revoked === 1 ? "One token is revoked" : `${revoked} tokens are revoked`);
    } catch (error) {
      toast.error((error as ApiError).message);
    }
    await queries.invalidateQueries({ queryKey: trpc.provisioning.listTokens.pathKey() });
  };
  return (
    <ConfirmDialog
      open={asked !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={isBatch ? "Revoke the open tokens of this batch?" : "Revoke this token?"}
      consequence={
        isBatch
          ? "No further device gets in with a token of this batch. Devices that used theirs keep their credentials."
          : "A device that has not used it yet will be refused. This cannot be undone; issue a new one instead."
      }
      confirmLabel={isBatch ? "Revoke batch" : "Revoke token"}
      onConfirm={confirm}
    />
  );
}
