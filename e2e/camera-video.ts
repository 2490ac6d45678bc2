import { open } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_A_SECOND = 5;
/** Of the picture's longer edge. */
const PICTURE_PX = 420;
/** A wall that is neither black nor white; and no colour. */
const WALL = 90;
const NO_COLOUR = 128;

const NOTHING: Picture = { width: 0, height: 0, luma: Buffer.alloc(0) };

export interface Picture {
  width: number;
  height: number;
  /** Brightness of each pixel. */
  luma: Buffer;
}

/** What the product has drawn, as a camera would see it. */
export async function photograph(page: Page, subject: Locator): Promise<Picture> {
  const png = (await subject.screenshot()).toString("base64");
  // The browser decodes it.
  const { width, height, text } = await page.evaluate(
    async ({ png, edge }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const scale = edge / Math.max(image.width, image.height);
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const luma = new Uint8Array(canvas.width * canvas.height);
      for (let at = 0; at < luma.length; at++) luma[at] = 0.299 * data[at * 4]! + 0.587 * data[at * 4 + 1]! + 0.114 * data[at * 4 + 2]!;
      return { width: canvas.width, height: canvas.height, text: Array.from(luma, (value) => String.fromCharCode(value)).join("") };
    },
    { png, edge: PICTURE_PX },
  );
  return { width, height, luma: Buffer.from(text, "latin1") };
}

/**
 * Writes what Chromium's fake camera plays over and over (YUV4MPEG2, 4:2:0): each picture for so many seconds; without
 * pictures, the wall.
 */
export async function film(pictures: readonly Picture[], file: string, seconds = 2): Promise<void> {
  const video = await open(file, "w");
  try {
    await video.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
    for (const picture of pictures.length > 0 ? pictures : [NOTHING]) {
      const frame = frameOf(picture);
      for (let count = 0; count < seconds * FRAMES_A_SECOND; count++) {
        await video.write("FRAME\n");
        await video.write(frame);
      }
    }
  } finally {
    await video.close();
  }
}

function frameOf({ width, height, luma }: Picture): Buffer {
  const frame = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, NO_COLOUR);
  frame.fill(WALL, 0, WIDTH * HEIGHT);
  const left = Math.floor((WIDTH - width) / 2);
  const top = Math.floor((HEIGHT - height) / 2);
  for (let row = 0; row < height; row++) frame.set(luma.subarray(row * width, (row + 1) * width), (top + row) * WIDTH + left);
  return frame;
}
