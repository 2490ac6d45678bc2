"use client";

import { CloudOff, HardDrive, RefreshCw } from "lucide-react";
import { useEffect, useMemo } from "react";
import { EmptyState } from "@/components/patterns/empty-state";
import { Button } from "@/components/ui/button";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { FieldProvider, useField, useNewFieldStore } from "./offline/use-field";
import { ScanHeader } from "./scan-header";
import { ScanScreen } from "./scan-screen";

const SIGN_IN = "/sign-in?next=/scan";

/** The scanner: a page of its own that opens and works without a network. @param hosts where people open this server */
export function ScanApp({ hosts }: { hosts: readonly string[] }) {
  const store = useNewFieldStore();
  const field = useField(store);
  const { phase } = field;
  const known = useMemo(() => (typeof location === "undefined" ? hosts : [...hosts, location.host]), [hosts]);
  useEffect(() => {
    if (phase === "signed_out") location.assign(SIGN_IN);
  }, [phase]);
  return (
    <FieldProvider value={store}>
      <div data-scan className="flex h-dvh flex-col overflow-hidden">
        <ScanHeader field={field} />
        <main id="main" className="flex min-h-0 flex-1 flex-col">
          {phase === "ready" && field.pack ? <ScanScreen pack={field.pack} outbox={field.outbox} hosts={known} /> : null}
          {phase === "loading" || phase === "signed_out" ? (
            <div aria-busy className="flex flex-1 flex-col gap-4 p-4">
              <LoadingLabel />
              <Skeleton className="min-h-0 flex-1 rounded-card" />
              <Skeleton className="h-28 rounded-card" />
            </div>
          ) : null}
          {phase === "empty" ? (
            <EmptyState
              level={2}
              icon={<CloudOff />}
              title="Nothing was taken along yet"
              description="The scanner works without a network once it was opened with one. Find a network, then try again."
              action={
                <Button variant="primary" size="lg" onClick={() => void store.sync()}>
                  <RefreshCw aria-hidden />
                  Try again
                </Button>
              }
            />
          ) : null}
          {phase === "broken" ? (
            <EmptyState
              level={2}
              icon={<HardDrive />}
              title="This browser keeps nothing"
              description="Storage is switched off or full, so nothing done here would survive. Leave private browsing, or free some space."
            />
          ) : null}
        </main>
      </div>
    </FieldProvider>
  );
}
