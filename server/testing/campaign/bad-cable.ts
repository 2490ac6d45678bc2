import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { Random } from "@/simulator/random";

/** More than an answer's headers, less than an image. */
const LATEST_CUT_BYTES = 200_000;

/** Between devices and the web server: a share of the connections breaks while something is on its way. */
export class BadCable {
  readonly counts = { connections: 0, cut: 0 };
  /** Of the web server, once it is known. */
  target = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly random: Random,
    private readonly share: number,
  ) {
    this.server = createServer((device) => this.relay(device));
  }

  static async start(random: Random, share: number): Promise<BadCable> {
    const cable = new BadCable(random, share);
    cable.server.listen(0, "127.0.0.1");
    await once(cable.server, "listening");
    return cable;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private relay(device: Socket): void {
    this.counts.connections += 1;
    const web = connect(this.target, "127.0.0.1");
    const end = () => {
      device.destroy();
      web.destroy();
    };
    for (const socket of [device, web]) {
      this.sockets.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        this.sockets.delete(socket);
        end();
      });
    }
    device.pipe(web);
    if (this.random.next() >= this.share) return void web.pipe(device);
    let left = this.random.between(0, LATEST_CUT_BYTES);
    web.on("data", (chunk) => {
      left -= chunk.length;
      if (left > 0) return void device.write(chunk);
      this.counts.cut += 1;
      end();
    });
  }
}
