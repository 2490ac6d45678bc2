/** What may stand on a label, a carton or a type plate; more formats cost time in each picture. */
const FORMATS = ["qr_code", "data_matrix", "code_128", "ean_13"] as const;
/** Longest edge of what our own detector looks at: a 15 mm code held at 15 cm fills a third of it. */
const LOOK_PX = 960;

export type Detect = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
interface NativeDetector {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

let detecting: Promise<Detect> | undefined;

/** The browser's own detector where it reads QR codes, else zxing as WebAssembly from our own origin. */
export function codeDetector(): Promise<Detect> {
  detecting ??= loadDetector().catch((error: unknown) => {
    detecting = undefined;
    throw error;
  });
  return detecting;
}

async function loadDetector(): Promise<Detect> {
  const native = await nativeDetector();
  if (native) return async (video) => firstOf(await native.detect(video));
  const { BarcodeDetector, prepareZXingModule } = await import("barcode-detector/ponyfill");
  const wasm = new URL("zxing-wasm/reader/zxing_reader.wasm", import.meta.url).href;
  await prepareZXingModule({
    overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasm : prefix + path) },
    fireImmediately: true,
  });
  const detector = new BarcodeDetector({ formats: [...FORMATS] });
  const canvas = document.createElement("canvas");
  return async (video) => {
    const picture = pictureOf(video, canvas);
    return picture && firstOf(await detector.detect(picture));
  };
}

async function nativeDetector(): Promise<Detector | undefined> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  if (!Native) return undefined;
  try {
    const supported = await Native.getSupportedFormats();
    if (!supported.includes("qr_code")) return undefined;
    return new Native({ formats: FORMATS.filter((format) => supported.includes(format)) });
  } catch {
    return undefined;
  }
}

function firstOf(codes: { rawValue: string }[]): string | undefined {
  return codes.find((code) => code.rawValue !== "")?.rawValue;
}

/** The square in the middle, where people hold the code, no larger than needed. */
function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  const edge = Math.min(video.videoWidth, video.videoHeight);
  if (edge === 0) return undefined;
  const size = Math.min(edge, LOOK_PX);
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.drawImage(video, (video.videoWidth - edge) / 2, (video.videoHeight - edge) / 2, edge, edge, 0, 0, size, size);
  return context?.getImageData(0, 0, size, size);
}
