import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair } from "jose";
import { MANIFEST_TYPE, type ManifestClaims } from "@/server/domain/firmware/manifest";
import { sampleImage } from "@/server/domain/firmware/sample-image";
import { ENDORSEMENT_TYPE, firmwareKeySchema, type FirmwareKey, type TrustedKeys } from "@/server/domain/firmware/trusted-keys";
import type { UpdateOrder } from "./firmware/judge-order";

interface SigningPair {
  publicKey: FirmwareKey;
  privateKey: CryptoKey;
}

/** Serves images and keys as docs/device-protocol.md says, signs manifests, and misbehaves on request. */
export class FirmwareServer {
  readonly images = new Map<string, Buffer>();
  /** Each download asked for: its `Range`. */
  readonly ranges: (string | undefined)[] = [];
  keyRequests = 0;
  /** As many of the next requests for keys get no answer: the connection is cut. */
  keyCuts = 0;
  private whenAsked: (() => void) | undefined;
  published: TrustedKeys = { keys: [], endorsements: [] };
  /** Answers a download itself and returns true, or leaves it to the server. */
  misbehave: (image: Buffer, request: IncomingMessage, response: ServerResponse) => boolean = () => false;

  private constructor(
    private readonly server: Server,
    public signer: SigningPair,
  ) {}

  static async start(): Promise<FirmwareServer> {
    const holder: { served?: FirmwareServer } = {};
    const server = createServer((request, response) => holder.served?.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const served = new FirmwareServer(server, await newPair());
    served.published = { keys: [served.signer.publicKey], endorsements: [] };
    holder.served = served;
    return served;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next request for the keys is never answered. @returns when it has come */
  holdKeys(): Promise<void> {
    return new Promise((resolve) => (this.whenAsked = resolve));
  }

  /** Another key signs from now on; the former one vouches for it. */
  async rotate(): Promise<void> {
    const former = this.signer;
    this.signer = await newPair();
    const endorsement = await sign(this.signer.publicKey, former, ENDORSEMENT_TYPE);
    const { endorsements } = this.published;
    this.published = { keys: [this.signer.publicKey, former.publicKey], endorsements: [...endorsements, endorsement] };
  }

  /** An order for a simulated image, signed; `given` is what a test is about. */
  async order(given: Partial<ManifestClaims> & { attempt?: number; image?: Uint8Array } = {}): Promise<UpdateOrder> {
    const { attempt = 1, image, ...claims } = given;
    const [deviceType, version] = [claims.deviceType ?? "milk_meter", claims.version ?? "9.0.0"];
    const bytes = Buffer.from(image ?? sampleImage({ type: deviceType, version }));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    this.images.set(sha256, bytes);
    const seconds = Math.floor(Date.now() / 1000);
    const manifest: ManifestClaims = {
      execution: randomUUID(),
      device: "MM001",
      deviceType,
      manufacturer: "",
      models: [],
      version,
      sequence: 5,
      sizeBytes: bytes.length,
      sha256,
      allowDowngrade: false,
      iat: seconds,
      exp: seconds + 3_600,
      ...claims,
    };
    return {
      execution: manifest.execution,
      attempt,
      manifest: await sign(manifest, this.signer, MANIFEST_TYPE),
      url: `${this.url}/${sha256}`,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === "/api/v1/iot/firmware/keys") {
      this.keyRequests += 1;
      if (this.keyCuts-- > 0) return void response.destroy();
      if (this.whenAsked) {
        this.whenAsked();
        this.whenAsked = undefined;
        return;
      }
      return void response.setHeader("content-type", "application/jwk-set+json").end(JSON.stringify(this.published));
    }
    const sha256 = request.url?.slice(1) ?? "";
    const image = this.images.get(sha256);
    if (!image) return void response.writeHead(404).end();
    const { range } = request.headers;
    this.ranges.push(range);
    if (this.misbehave(image, request, response)) return;
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    const isPart = range !== undefined && request.headers["if-range"] === `"${sha256}"`;
    if (isPart && start >= image.length) return void response.writeHead(416).end();
    const body = isPart ? image.subarray(start) : image;
    const headers = { "content-length": body.length, etag: `"${sha256}"` };
    if (isPart) response.writeHead(206, { ...headers, "content-range": `bytes ${start}-${image.length - 1}/${image.length}` });
    else response.writeHead(200, headers);
    response.end(body);
  }
}

async function newPair(): Promise<SigningPair> {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint({ kty: "OKP", crv: "Ed25519", x });
  return {
    publicKey: firmwareKeySchema.parse({ kty: "OKP", crv: "Ed25519", x, kid, alg: "EdDSA", use: "sig" }),
    privateKey: pair.privateKey,
  };
}

function sign(payload: unknown, { publicKey, privateKey }: SigningPair, typ: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  return new CompactSign(bytes).setProtectedHeader({ alg: "EdDSA", kid: publicKey.kid, typ }).sign(privateKey);
}
