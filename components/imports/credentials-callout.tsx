"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { amountOf } from "@/components/patterns/format-count";
import { newRequestKey } from "@/components/provisioning/wizard-draft";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { ImportView } from "@/server/services/imports/views";

/** The new devices' passwords: a file that is there once. */
export function CredentialsCallout({ job }: { job: ImportView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isLoading, setLoading] = useState(false);
  const [failure, setFailure] = useState<string>();
  // One key for every try on this page: a broken download is repeated, not lost.
  const requestKey = useRef<string>(undefined);
  const [isSaved, setSaved] = useState(false);

  const download = async () => {
    setLoading(true);
    setFailure(undefined);
    try {
      requestKey.current ??= newRequestKey();
      const response = await fetch(`/api/imports/${job.id}/credentials`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ requestKey: requestKey.current }),
      });
      if (!response.ok) throw new Error(((await response.json()) as { detail?: string }).detail ?? "The server refused. Try again.");
      save(await response.blob());
      setSaved(true);
    } catch (error) {
      setFailure(
        error instanceof TypeError
          ? "The connection broke. Try again; the passwords are still there."
          : error instanceof Error
            ? error.message
            : "",
      );
    } finally {
      setLoading(false);
      void queries.invalidateQueries({ queryKey: trpc.imports.get.queryKey({ id: job.id }) });
    }
  };

  if (job.credentials === "none") return null;
  if (job.credentials === "expired")
    return (
      <Callout title="The passwords are gone">
        Nobody downloaded them within three days. Give the devices new ones from the device list.
      </Callout>
    );
  if (job.credentials === "taken" && !isSaved && !failure)
    return (
      <Callout title="The passwords were downloaded">
        They are kept nowhere else. A lost one is replaced by a new one, on the device’s page.
      </Callout>
    );
  return (
    <Callout
      tone={isSaved ? "healthy" : "warning"}
      title={
        isSaved
          ? "The passwords are in your downloads"
          : `The passwords of ${amountOf(job.result.created, "new device")} can be downloaded once`
      }
      action={
        <Button variant={isSaved ? "secondary" : "primary"} loading={isLoading} onClick={() => void download()}>
          <Download aria-hidden />
          {isSaved ? "Download again" : "Download passwords"}
        </Button>
      }
    >
      {failure ? <p className="text-critical">{failure}</p> : null}
      <p>
        {isSaved
          ? "From this page, for another ten minutes. Then they are kept nowhere."
          : "Within three days. Keep the file where only those who fit the devices find it."}
      </p>
    </Callout>
  );
}

function save(content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = "device-credentials.csv";
  link.click();
  // Safari still reads the URL after the click.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
