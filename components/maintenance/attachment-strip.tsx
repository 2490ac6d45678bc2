"use client";

import { useMutation } from "@tanstack/react-query";
import { ImagePlus } from "lucide-react";
import dynamic from "next/dynamic";
import { type ChangeEvent, useId, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import { MAX_ATTACHMENTS } from "@/server/domain/maintenance/attachment";
import type { RecordView } from "@/server/services/maintenance/views";
import { shrinkImage } from "./shrink-image";

const AttachmentDialog = dynamic(() => import("./attachment-dialog").then((module) => module.AttachmentDialog));

/** A record's pictures as thumbnails, and adding one: from the camera on phones. */
export function AttachmentStrip({ record, mayEdit }: { record: RecordView; mayEdit: boolean }) {
  const [shown, setShown] = useState<RecordView["attachments"][number]>();
  if (record.attachments.length === 0 && !mayEdit) return null;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      {record.attachments.map((attachment) => (
        <button
          key={attachment.id}
          type="button"
          onClick={() => setShown(attachment)}
          aria-label={`Show picture ${attachment.name}`}
          className="size-14 overflow-hidden rounded-control border border-line-2 bg-sunken hover:border-line-3"
        >
          {/* Private: the optimiser would fetch it without the reader's session. */}
          {/* eslint-disable-next-line @next/next/no-img-element */}
          <img
            src={`/api/maintenance/attachments/${attachment.id}`}
            alt=""
            width={56}
            height={56}
            loading="lazy"
            className="size-full object-cover"
          />
        </button>
      ))}
      {mayEdit && record.attachments.length < MAX_ATTACHMENTS ? <AddPicture record={record} /> : null}
      {shown ? <AttachmentDialog record={record} attachment={shown} mayRemove={mayEdit} onClose={() => setShown(undefined)} /> : null}
    </div>
  );
}

function AddPicture({ record }: { record: RecordView }) {
  const trpc = useTRPC();
  const id = useId();
  const [isShrinking, setShrinking] = useState(false);
  const add = useMutation(trpc.maintenance.addAttachment.mutationOptions({ onError: (error: ApiError) => toast.error(error.message) }));
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.target;
    const file = input.files?.[0];
    if (!file) return;
    setShrinking(true);
    try {
      add.mutate({ recordId: record.id, ...(await shrinkImage(file)) });
    } catch {
      toast.error(`${file.name} is no picture that this browser can read.`);
    } finally {
      setShrinking(false);
      // The same file again is a choice, too.
      input.value = "";
    }
  };
  const busy = isShrinking || add.isPending;
  return (
    <label
      htmlFor={id}
      className="relative inline-flex h-8 cursor-pointer items-center gap-1.5 rounded-control px-2 text-sm text-ink-2 hover:bg-sunken hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-11"
    >
      {busy ? <Spinner className="size-3.5" /> : <ImagePlus aria-hidden className="size-3.5" />}
      Add picture
      <span className="sr-only"> to {record.title}</span>
      <input id={id} type="file" accept="image/*" disabled={busy} onChange={(event) => void choose(event)} className="sr-only" />
    </label>
  );
}
