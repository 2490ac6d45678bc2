import { IMAGE_TYPES, MAX_ATTACHMENT_BYTES } from "@/server/domain/maintenance/attachment";

/** Longest edge in pixels, tried one after the other until the picture is small enough. */
const EDGES = [1600, 1200, 800, 480];
const JPEG_QUALITY = 0.82;
const MAX_NAME = 120;

/**
 * A picture small enough to attach: as it is, else scaled down to JPEG. Phones take pictures of many megabytes.
 * @throws when the browser cannot read it as a picture
 */
export async function shrinkImage(file: File): Promise<{ name: string; content: string }> {
  const name = file.name.slice(-MAX_NAME) || "picture";
  const isSmall = file.size <= MAX_ATTACHMENT_BYTES && IMAGE_TYPES.some((type) => type === file.type);
  if (isSmall) return { name, content: await base64Of(file) };
  const bitmap = await createImageBitmap(file);
  try {
    for (const edge of EDGES) {
      const blob = await scaledDown(bitmap, edge);
      if (blob.size <= MAX_ATTACHMENT_BYTES) return { name: `${name.replace(/\.\w+$/, "")}.jpg`, content: await base64Of(blob) };
    }
  } finally {
    bitmap.close();
  }
  throw new Error("This picture cannot be made small enough");
}

function scaledDown(bitmap: ImageBitmap, edge: number): Promise<Blob> {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be drawn"))), "image/jpeg", JPEG_QUALITY);
  });
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === "string" ? (reader.result.split(",")[1] ?? "") : "");
    reader.onerror = () => reject(new Error("The file could not be read"));
    reader.readAsDataURL(blob);
  });
}
