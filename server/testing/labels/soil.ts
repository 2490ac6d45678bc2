import type { Picture } from "./read-picture";

/** A stain over half of one corner of a square: everything beyond the line that joins the middles of its two sides. */
export interface Stain {
  corner: "top-left" | "top-right" | "bottom-left" | "bottom-right";
  /** `mud` is dark and lets nothing through, `lime` is white and lets nothing through, `film` is brown and see-through. */
  kind: "mud" | "lime" | "film" | "splashes";
}

interface Square {
  left: number;
  top: number;
  side: number;
}

/** The same picture with a stain on a square in it. */
export function soiled(picture: Picture, { left, top, side }: Square, { corner, kind }: Stain): Picture {
  const data = new Uint8Array(picture.data);
  let seed = 20_261_126;
  const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const u = corner.endsWith("right") ? side - x : x;
      const v = corner.startsWith("bottom") ? side - y : y;
      if (u + v > side / 2) continue;
      const at = (top + y) * picture.width + left + x;
      const grey = data[at] ?? 255;
      if (kind === "mud") data[at] = 20;
      else if (kind === "lime") data[at] = 250;
      else if (kind === "film") data[at] = grey * 0.45 + 70 * 0.55;
      else if (chance() < 0.5) data[at] = chance() < 0.5 ? 0 : 255;
    }
  return { ...picture, data };
}
