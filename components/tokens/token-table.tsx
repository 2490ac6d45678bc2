import Link from "next/link";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { TokenView } from "@/server/services/provisioning/list-tokens";
import { TokenActions, type TokenAct } from "./token-actions";
import { TokenFate, TokenStateBadge } from "./token-state-badge";

interface TokenTableProps {
  tokens: readonly TokenView[];
  onAct: (act: TokenAct) => void;
}

/** From tablets up; phones get cards. */
export function TokenTable({ tokens, onAct }: TokenTableProps) {
  return (
    <Table caption="Provisioning tokens" containerClassName="hidden md:block">
      <TableHeader>
        <TableRow>
          <TableHead>State</TableHead>
          <TableHead>For</TableHead>
          <TableHead className="max-lg:hidden">Farm</TableHead>
          <TableHead>Issued</TableHead>
          <TableHead align="right">
            <span className="sr-only">Actions</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {tokens.map((token) => (
          <TableRow key={token.id}>
            <TableCell>
              <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <TokenStateBadge token={token} />
                <span className="text-sm text-ink-2">
                  <TokenFate token={token} />
                </span>
              </span>
            </TableCell>
            <TableCell>
              <TokenTarget token={token} />
              {token.note ? <span className="block max-w-80 truncate text-sm text-ink-2">{token.note}</span> : null}
            </TableCell>
            <TableCell className="max-lg:hidden">{token.farm.name}</TableCell>
            <TableCell>
              <RelativeTime at={token.createdAt} suffix=" ago" />
              {token.issuedBy ? <span className="block text-sm text-ink-2">by {token.issuedBy}</span> : null}
            </TableCell>
            <TableCell align="right">
              <TokenActions token={token} onAct={onAct} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The registered device, or the kind of device it lets in. */
export function TokenTarget({ token }: { token: TokenView }) {
  if (!token.device) return token.deviceType ? `New ${DEVICE_TYPE_FACTS[token.deviceType].label.toLowerCase()}` : null;
  return (
    <>
      <Link href={`/devices/${token.device.deviceId}`} className="font-mono font-semibold tracking-tight text-accent hover:underline">
        {token.device.deviceId}
      </Link>{" "}
      {token.device.name}
    </>
  );
}
