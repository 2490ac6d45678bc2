import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { generate, parser, type Packet } from "mqtt-packet";
import type { Random } from "@/simulator/random";

interface BadRadioOptions {
  /** Where the broker listens, on this machine. */
  brokerPort: number;
  random: Random;
  /** Share of connections that break, each once within a minute. */
  dropped: number;
  /** Share of messages that arrive twice, and of messages that are overtaken by the next one; in either direction. */
  disturbed: number;
}

const LATEST_DROP_MS = 60_000;
/** A message that nobody overtakes goes on then. */
const HELD_MS = 300;

/** Between devices and their broker: breaks connections, says things twice and in another order. */
export class BadRadio {
  readonly counts = { connections: 0, dropped: 0, doubled: 0, overtaken: 0 };
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly options: BadRadioOptions) {
    this.server = createServer((device) => this.relay(device));
  }

  static async start(options: BadRadioOptions): Promise<BadRadio> {
    const radio = new BadRadio(options);
    radio.server.listen(0, "127.0.0.1");
    await once(radio.server, "listening");
    return radio;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private relay(device: Socket): void {
    const { brokerPort, random, dropped } = this.options;
    this.counts.connections += 1;
    const broker = connect(brokerPort, "127.0.0.1");
    const end = () => {
      device.destroy();
      broker.destroy();
    };
    for (const socket of [device, broker]) {
      this.sockets.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        this.sockets.delete(socket);
        end();
      });
    }
    if (random.next() < dropped) {
      this.counts.dropped += 1;
      setTimeout(end, random.between(0, LATEST_DROP_MS)).unref();
    }
    this.disturb(device, broker);
    this.disturb(broker, device);
  }

  private disturb(from: Socket, to: Socket): void {
    const { random, disturbed } = this.options;
    let held: Packet | undefined;
    const pass = (packet: Packet) => {
      if (!to.destroyed) to.write(generate(packet));
    };
    const release = () => {
      if (held) pass(held);
      held = undefined;
    };
    const stream = parser();
    stream.on("packet", (packet) => {
      const isMessage = packet.cmd === "publish" && packet.qos > 0;
      if (isMessage && !held && random.next() < disturbed) {
        this.counts.overtaken += 1;
        held = packet;
        setTimeout(release, HELD_MS).unref();
        return;
      }
      pass(packet);
      if (isMessage && random.next() < disturbed) {
        this.counts.doubled += 1;
        pass({ ...packet, dup: true });
      }
      // What was held may not be overtaken by the handshake that follows it.
      release();
    });
    stream.on("error", () => from.destroy());
    from.on("data", (chunk) => stream.parse(chunk));
  }
}
