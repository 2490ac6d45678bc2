import { describe, expect, test } from "vitest";
import { dotsPerMm } from "@/server/domain/labels/label-spec";
import { placeLabels } from "@/server/domain/labels/place-labels";
import { exampleJob, exampleLabel } from "@/server/testing/labels/examples";
import { codesIn, cut, pagesOf, type Picture } from "@/server/testing/labels/read-picture";
import { soiled, type Stain } from "@/server/testing/labels/soil";
import type { LabelJob } from "@/server/domain/labels/schema";
import { drawPdf } from "./draw-pdf";
import { layOut } from "./lay-out";

const CORNERS: Stain["corner"][] = ["top-left", "top-right", "bottom-left", "bottom-right"];
const KINDS: Stain["kind"][] = ["mud", "lime", "film", "splashes"];
const LABEL = exampleLabel({ deviceId: "EN123456", type: "environmental", serialNumber: "SN-ABCDEF-0123" });

interface Printed {
  picture: Picture;
  /** Its codes, in dots. */
  codes: { left: number; top: number; side: number }[];
}

const known = new Map<string, Promise<Printed>>();

/** A label off the printer, at the resolution of a common label printer. */
function printed(job: LabelJob): Promise<Printed> {
  const before = known.get(job.stock.id) ?? print(job, 203.2);
  known.set(job.stock.id, before);
  return before;
}

async function print(job: LabelJob, dpi: number): Promise<Printed> {
  const [page] = await pagesOf(await drawPdf(job, [LABEL], { title: "Label", now: new Date() }), dpi);
  const dots = dpi / 25.4;
  const place = placeLabels({ ...job, count: 1 })[0]![0]!;
  const codes = layOut(job, LABEL).layout.codes.map(({ xMm, yMm, sizeMm }) => ({
    left: Math.round(xMm * dots),
    top: Math.round(yMm * dots),
    side: Math.round(sizeMm * dots),
  }));
  const { stock } = job;
  const [left, top, width, height] = [place.xMm, place.yMm, stock.widthMm, stock.heightMm].map((mm) => Math.round(mm * dots)) as [
    number,
    number,
    number,
    number,
  ];
  return { picture: cut(page!, left, top, width, height), codes };
}

describe("a code of 15 mm", () => {
  const small = exampleJob({ stock: "own-40x21", dpi: 203 });

  test("is what the smallest labels carry", () => {
    const [code] = layOut(small, LABEL).layout.codes;
    expect(code!.sizeMm).toBeLessThanOrEqual(15.5);
    expect(code!.moduleMm * dotsPerMm(203)).toBeGreaterThanOrEqual(3);
  });

  test.each(KINDS)("reads with half of a corner under %s, where no finder pattern is", async (kind) => {
    const { picture, codes } = await printed(small);
    const stained = soiled(picture, codes[0]!, { corner: "bottom-right", kind });
    expect(stained.data).not.toEqual(picture.data);
    expect(await codesIn(stained)).toEqual([LABEL.code]);
  });

  test.each(CORNERS)("reads through a film of dirt on half of its %s corner", async (corner) => {
    const { picture, codes } = await printed(small);
    expect(await codesIn(soiled(picture, codes[0]!, { corner, kind: "film" }))).toEqual([LABEL.code]);
  });

  test("a finder pattern under mud is the end of any one code", async () => {
    const { picture, codes } = await printed(small);
    expect(await codesIn(soiled(picture, codes[0]!, { corner: "top-left", kind: "mud" }))).toEqual([]);
  });
});

describe.each(["roll-89x36", "l7160", "5163"])("two codes on %s", (stock) => {
  const job = exampleJob({ stock, dpi: 203 });
  const sides = CORNERS.flatMap((corner) => KINDS.map((kind) => [corner, kind] as const));

  test.each(sides)("the label reads with half of the %s corner of either under %s", async (corner, kind) => {
    const { picture, codes } = await printed(job);
    expect(codes).toHaveLength(2);
    for (const code of codes) expect(await codesIn(soiled(picture, code, { corner, kind }))).toContain(LABEL.code);
  });
});
