import { QRCodeSVG } from "qrcode.react";
import { useEffect, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import type { IssuedBatch } from "./issued-batch";

/** On paper instead of the page: cards to cut apart and put into the box with each device. */
export function TokenPrintSheet({ batch }: { batch: IssuedBatch }) {
  const printing = usePrinting();
  if (!printing) return null;
  return createPortal(
    <ol data-print="only" className="hidden grid-cols-2 gap-3 text-ink print:grid">
      {batch.tokens.map(({ token, words, qrText, expiresAt }) => (
        <li key={token} className="flex break-inside-avoid items-center gap-3 border p-3">
          <QRCodeSVG value={qrText} size={104} level="M" marginSize={2} className="shrink-0" />
          <div className="min-w-0">
            <p className="text-xl font-semibold">{words}</p>
            <p className="font-medium">
              {batch.target} · {batch.farm}
            </p>
            {batch.note ? <p>{batch.note}</p> : null}
            <p className="text-sm">
              Valid until {expiresAt.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}, for one device
            </p>
            <p className="font-mono text-xs break-all">{token}</p>
          </div>
        </li>
      ))}
    </ol>,
    document.body,
  );
}

/** Two hundred QR codes are drawn when they are printed, not before. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}
