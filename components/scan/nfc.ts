// Web NFC (Chrome on Android); TypeScript's library does not know it.
interface NdefRecord {
  recordType: string;
  data?: DataView;
  encoding?: string;
}
interface NdefReader extends EventTarget {
  scan(options?: { signal?: AbortSignal }): Promise<void>;
  write(
    message: { records: { recordType: string; data: string }[] },
    options?: { signal?: AbortSignal; overwrite?: boolean },
  ): Promise<void>;
}
type NdefReaderConstructor = new () => NdefReader;

function readerConstructor(): NdefReaderConstructor | undefined {
  return (globalThis as { NDEFReader?: NdefReaderConstructor }).NDEFReader;
}

export function hasNfc(): boolean {
  return readerConstructor() !== undefined;
}

/**
 * Hands over the text of every tag that is held to the device, until `signal` ends it.
 * @throws NotAllowedError when the person refuses, NotSupportedError when NFC is switched off
 */
export async function listenForTags(onText: (text: string) => void, signal: AbortSignal): Promise<void> {
  const Reader = readerConstructor();
  if (!Reader) return;
  const reader = new Reader();
  reader.addEventListener("reading", (event) => {
    const { records } = (event as Event & { message: { records: NdefRecord[] } }).message;
    const texts = records.filter((record) => record.recordType === "text" || record.recordType === "url").map(textOf);
    // A tag without text says nothing, and that is said.
    onText(texts[0] ?? "");
  });
  await reader.scan({ signal });
}

function textOf(record: NdefRecord): string {
  return record.data ? new TextDecoder(record.encoding ?? "utf-8").decode(record.data) : "";
}

/** Writes a device's identity, what its label says, onto the next tag. @throws as the browser does */
export async function writeTag(text: string, signal: AbortSignal): Promise<void> {
  const Reader = readerConstructor();
  if (!Reader) throw new Error("This browser has no NFC.");
  await new Reader().write({ records: [{ recordType: "text", data: text }] }, { signal });
}
