import type pg from "pg";

/** What the driver calls of a query object while a COPY runs; it has no such query of its own. */
interface CopyHandlers {
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}

interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

const CHUNK_BYTES = 65_536;

function settle(resolve: () => void, reject: (error: Error) => void): CopyHandlers & Record<string, unknown> {
  let failure: Error | undefined;
  return {
    handleError: (error: Error) => {
      failure = error;
    },
    handleReadyForQuery: () => (failure ? reject(failure) : resolve()),
    handleCommandComplete: () => undefined,
    handleRowDescription: () => undefined,
    handleDataRow: () => undefined,
  };
}

/** `COPY … FROM STDIN`: the fastest way there is for rows into a table. */
export function copyIn(client: pg.Client, text: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = {
      ...settle(resolve, reject),
      submit: (connection: CopyConnection) => connection.query(text),
      handleCopyInResponse: (connection: CopyConnection) => {
        for (let at = 0; at < content.length; at += CHUNK_BYTES) connection.sendCopyFromChunk(content.subarray(at, at + CHUNK_BYTES));
        connection.endCopyFrom();
      },
    };
    client.query(query as unknown as pg.Submittable);
  });
}

/** `COPY … TO STDOUT`, as {@link copyIn} takes it. */
export function copyOut(client: pg.Client, text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const query = {
      ...settle(() => resolve(Buffer.concat(chunks)), reject),
      submit: (connection: CopyConnection) => connection.query(text),
      handleCopyData: ({ chunk }: { chunk: Buffer }) => void chunks.push(Buffer.from(chunk)),
    };
    client.query(query as unknown as pg.Submittable);
  });
}
