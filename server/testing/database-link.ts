import { connect, createServer, type AddressInfo, type NetConnectOpts, type Server, type Socket } from "node:net";
import path from "node:path";

/** A road to the database that a test can block: as if the database had gone away, and come back. */
export class DatabaseLink {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #isBlocked = false;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async open(databaseUrl: string): Promise<DatabaseLink> {
    const link = new DatabaseLink(databaseUrl);
    await new Promise<void>((resolve) => link.#server.listen(0, "127.0.0.1", resolve));
    return link;
  }

  get url(): string {
    const url = new URL(this.#target);
    url.searchParams.delete("host");
    url.hostname = "127.0.0.1";
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  block(): void {
    this.#isBlocked = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  unblock(): void {
    this.#isBlocked = false;
  }

  async close(): Promise<void> {
    this.block();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    if (this.#isBlocked) return void socket.destroy();
    const far = connect(this.#farEnd());
    for (const [from, to] of [[socket, far] as const, [far, socket] as const]) {
      this.#sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }

  #farEnd(): NetConnectOpts {
    const folder = this.#target.searchParams.get("host");
    if (folder) return { path: path.join(folder, ".s.PGSQL.5432") };
    return { host: this.#target.hostname, port: Number(this.#target.port || 5432) };
  }
}
