import { expect, test } from "vitest";
import { ConnectGate } from "./connect-gate";

test("lets in no more than the limit, in order, and forgives a double leave", async () => {
  const gate = new ConnectGate(2);
  const order: number[] = [];
  const enter = async (number: number) => {
    const leave = await gate.enter();
    order.push(number);
    return leave;
  };
  const first = await enter(1);
  await enter(2);
  const third = enter(3);
  const fourth = enter(4);
  await Promise.resolve();
  expect(order).toEqual([1, 2]);

  first();
  first();
  await third;
  expect(order).toEqual([1, 2, 3]);
  (await third)();
  await fourth;
  expect(order).toEqual([1, 2, 3, 4]);
});
