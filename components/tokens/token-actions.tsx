import { Ban, Layers } from "lucide-react";
import { ActionMenu, type ActionItem } from "@/components/patterns/action-menu";
import type { TokenView } from "@/server/services/provisioning/list-tokens";

export type TokenAct =
  { kind: "revoke-token"; token: TokenView } | { kind: "revoke-batch"; batchId: string } | { kind: "show-batch"; batchId: string };

/** What can be done with one token of the list. */
export function TokenActions({ token, onAct }: { token: TokenView; onAct: (act: TokenAct) => void }) {
  const { batchId } = token;
  const items: ActionItem[] = [];
  if (batchId) {
    items.push({ label: "Show its batch", icon: <Layers aria-hidden />, onSelect: () => onAct({ kind: "show-batch", batchId }) });
  }
  if (token.revocable) {
    const danger = { icon: <Ban aria-hidden />, tone: "danger" as const };
    items.push({
      ...danger,
      label: "Revoke token…",
      separated: items.length > 0,
      onSelect: () => onAct({ kind: "revoke-token", token }),
    });
    if (batchId) items.push({ ...danger, label: "Revoke its batch…", onSelect: () => onAct({ kind: "revoke-batch", batchId }) });
  }
  if (items.length === 0) return null;
  const name = token.device?.deviceId ?? token.note ?? token.farm.name;
  return <ActionMenu label={`Actions for the token for ${name}`} items={items} />;
}
