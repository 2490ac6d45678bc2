import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import type { TokenView } from "@/server/services/provisioning/list-tokens";
import { TokenActions, type TokenAct } from "./token-actions";
import { TokenFate, TokenStateBadge } from "./token-state-badge";
import { TokenTarget } from "./token-table";

/** The phone's form of the list. */
export function TokenCards({ tokens, onAct }: { tokens: readonly TokenView[]; onAct: (act: TokenAct) => void }) {
  return (
    <DataList label="Provisioning tokens" className="rounded-none border-0 shadow-none md:hidden">
      {tokens.map((token) => (
        <DataListCard
          key={token.id}
          title={<TokenTarget token={token} />}
          subtitle={
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 py-0.5">
              <TokenStateBadge token={token} />
              <span>
                <TokenFate token={token} />
              </span>
            </span>
          }
          facts={[token.farm.name, token.note, token.issuedBy]}
          trailing={<TokenActions token={token} onAct={onAct} />}
        />
      ))}
    </DataList>
  );
}
