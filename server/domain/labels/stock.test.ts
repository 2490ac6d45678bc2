import { describe, expect, test } from "vitest";
import { labelsASheet, nextStart, pageOf, placeLabels } from "./place-labels";
import { PAGES, ROLL_STOCKS, SHEET_STOCKS, sizeText, stockOf } from "./stock";

const sheet = (id: string) => SHEET_STOCKS.find((stock) => stock.id === id)!;

describe("sheets", () => {
  test("there are at least ten, for both papers, with ids of their own", () => {
    expect(SHEET_STOCKS.filter(({ page }) => page === "a4").length).toBeGreaterThanOrEqual(10);
    expect(SHEET_STOCKS.filter(({ page }) => page === "letter").length).toBeGreaterThanOrEqual(5);
    const ids = [...SHEET_STOCKS, ...ROLL_STOCKS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  // The makers' own drawings: labels a sheet, first label's corner, distance from one to the next, millimetres.
  test.each([
    ["l7160", 21, 7.25, 15.15, 66, 38.1],
    ["l7163", 14, 4.65, 15.15, 101.6, 38.1],
    ["l7651", 65, 4.75, 10.7, 40.6, 21.2],
    ["l7159", 24, 7.25, 12.9, 66, 33.9],
    ["l7161", 18, 7.25, 8.7, 66, 46.6],
    ["l7162", 16, 4.65, 12.9, 101.6, 33.9],
    ["l7164", 12, 7.25, 4.5, 66, 72],
    ["l7165", 8, 4.65, 13.1, 101.6, 67.7],
    ["l7654", 40, 9.85, 21.5, 48.2, 25.4],
    ["l7636", 48, 9.85, 21.3, 48.2, 21.2],
    ["l6011", 27, 7.25, 15.3, 66, 29.6],
    ["3474", 24, 0, 0.5, 70, 37],
    ["3490", 24, 0, 4.5, 70, 36],
    ["5160", 30, 4.7625, 12.7, 69.85, 25.4],
    ["5161", 20, 3.96875, 12.7, 106.3625, 25.4],
    ["5162", 14, 3.96875, 21.1667, 106.3625, 33.8667],
    ["5163", 10, 3.96875, 12.7, 106.3625, 50.8],
    ["5164", 6, 3.96875, 12.7, 106.3625, 84.6667],
  ])("%s: %d labels, first at %d × %d mm, pitch %d × %d mm", (id, labels, left, top, pitchX, pitchY) => {
    const stock = sheet(id);
    expect(labelsASheet(stock)).toBe(labels);
    for (const [is, should] of [
      [stock.leftMm, left],
      [stock.topMm, top],
      [stock.pitchXMm, pitchX],
      [stock.pitchYMm, pitchY],
    ] as const)
      expect(is).toBeCloseTo(should, 3);
  });

  test.each(SHEET_STOCKS.map((stock) => [stock.name, stock] as const))("%s stays on its page and no label covers another", (_, stock) => {
    const [page] = placeLabels({ stock, count: labelsASheet(stock), startAt: 1, offsetXMm: 0, offsetYMm: 0 });
    for (const { xMm, yMm } of page!) {
      expect(xMm).toBeGreaterThanOrEqual(-1e-9);
      expect(xMm + stock.widthMm).toBeLessThanOrEqual(PAGES[stock.page].widthMm + 1e-9);
      expect(yMm + stock.heightMm).toBeLessThanOrEqual(PAGES[stock.page].heightMm + 1e-9);
    }
    for (const a of page!)
      for (const b of page!)
        if (a !== b) expect(Math.abs(a.xMm - b.xMm) >= stock.widthMm - 1e-9 || Math.abs(a.yMm - b.yMm) >= stock.heightMm - 1e-9).toBe(true);
  });
});

describe("placing", () => {
  const place = (startAt: number, count: number, offset = 0) =>
    placeLabels({ stock: sheet("l7160"), count, startAt, offsetXMm: offset, offsetYMm: -offset });

  test("begins where labels are left, goes row by row and on to the next sheet", () => {
    const pages = place(20, 5);
    expect(pages.map((page) => page.map(({ index }) => index))).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
    expect(pages[0]![0]).toMatchObject({ xMm: 7.25 + 66, yMm: expect.closeTo(15.15 + 6 * 38.1) as number });
    expect(pages[1]![0]).toMatchObject({ xMm: 7.25, yMm: expect.closeTo(15.15) as number });
  });

  test("moves everything by the printer's error", () => {
    expect(place(1, 1, 1.5)[0]![0]).toEqual({ index: 0, xMm: 8.75, yMm: expect.closeTo(13.65) as number });
  });

  test.each([
    [1, 21, 1],
    [1, 20, 21],
    [20, 5, 4],
    [99, 1, 1],
  ])("from %d, %d labels later, the next print begins at %d", (startAt, count, next) => {
    expect(nextStart(sheet("l7160"), startAt, count)).toBe(next);
  });

  test("a roll has one label a page, whatever the start", () => {
    const stock = ROLL_STOCKS[0]!;
    expect(placeLabels({ stock, count: 3, startAt: 2, offsetXMm: 0, offsetYMm: 0 })).toHaveLength(3);
    expect(pageOf(stock)).toMatchObject({ widthMm: 40, heightMm: 30 });
    expect(placeLabels({ stock, count: 0, startAt: 1, offsetXMm: 0, offsetYMm: 0 })).toEqual([]);
  });
});

test("a roll of one's own size within what printers take", () => {
  expect(stockOf("own-60x40.5")).toMatchObject({ kind: "roll", widthMm: 60, heightMm: 40.5, id: "own-60x40.5" });
  for (const id of ["own-10x40", "own-60x400", "own-1e1x40", "own--60x40", "own-60x40x", "nothing", ""])
    expect(stockOf(id)).toBeUndefined();
  expect(sizeText(stockOf("5160")!)).toBe("66.7 × 25.4 mm");
});
