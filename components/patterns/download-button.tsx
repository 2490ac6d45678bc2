"use client";

import { Check, Download } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

interface DownloadButtonProps extends Pick<ButtonProps, "variant" | "size" | "className"> {
  fileName: string;
  /** Made only when asked for. */
  content: () => string | Blob;
  mimeType?: string;
  onDownloaded?: () => void;
  children: ReactNode;
}

const SHOWN_MS = 2500;

/** Saves text the page already has: credentials, a result file. For what the server makes use a link with `download`. */
export function DownloadButton({
  fileName,
  content,
  mimeType = "text/plain;charset=utf-8",
  onDownloaded,
  children,
  ...button
}: DownloadButtonProps) {
  const [saved, setSaved] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const download = () => {
    const made = content();
    const url = URL.createObjectURL(typeof made === "string" ? new Blob([made], { type: mimeType }) : made);
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName;
    link.click();
    // Safari still reads the URL after the click.
    setTimeout(() => URL.revokeObjectURL(url), 30_000);
    setSaved(true);
    onDownloaded?.();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaved(false), SHOWN_MS);
  };

  return (
    <>
      <Button {...button} onClick={download}>
        {saved ? <Check aria-hidden /> : <Download aria-hidden />}
        {children}
      </Button>
      <span role="status" className="sr-only">
        {saved ? `Downloaded ${fileName}` : ""}
      </span>
    </>
  );
}
