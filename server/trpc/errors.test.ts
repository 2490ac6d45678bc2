import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { beforeAll, describe, expect, test } from "vitest";
import { AppError, ERROR_CODES, type ErrorCode } from "@/server/errors";
import { actorWith, testFarm, wizardInput } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { publicProcedure, router } from "./init";
import { appRouter } from "./root";

const database = useTestDatabase();
let farmId: string;

beforeAll(async () => {
  farmId = (await testFarm(database.db)).id;
});

const STATUS: Record<ErrorCode, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  method_not_allowed: 405,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

async function post(body: unknown, served = appRouter as Parameters<typeof fetchRequestHandler>[0]["router"], path = "devices.provision") {
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    router: served,
    req: new Request(`http://localhost/api/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
    createContext: () => ({
      db: database.db,
      actor: actorWith("farm_manager", farmId),
      currentActor: () => Promise.resolve(undefined),
      address: "192.0.2.1",
      requestId: "request-1234",
    }),
  });
  return { status: response.status, text: await response.text() };
}

describe("what a client is told", () => {
  test("a refusal comes with its fields, and without a stack", async () => {
    const { status, text } = await post({ json: wizardInput(farmId, { deviceId: "x", name: "" }) });
    expect(status).toBe(400);
    const { error } = JSON.parse(text) as { error: { json: { data: unknown } } };
    expect(error.json.data).toEqual({
      code: "BAD_REQUEST",
      httpStatus: 400,
      errorCode: "invalid_input",
      fields: { deviceId: expect.any(String) as string, name: "Name is required" },
    });
    expect(text).not.toContain("stack");
  });

  test("what nobody expected is one fixed sentence with a reference", async () => {
    const broken = router({
      leak: publicProcedure.mutation(() => {
        throw new Error("password of the database is hunter2");
      }),
    });
    const { status, text } = await post({}, broken, "leak");
    expect(status).toBe(500);
    expect(text).not.toContain("hunter2");
    expect(text).toContain("Something went wrong on our side. Reference: request-1234");
  });

  test.each(ERROR_CODES)("%s has its HTTP status", async (code) => {
    const failing = router({
      fail: publicProcedure.mutation(() => {
        throw new AppError(code, "a reason");
      }),
    });
    const { status, text } = await post({}, failing, "fail");
    expect(status).toBe(STATUS[code]);
    expect(text).toContain(`"errorCode":"${code}"`);
    await expect(
      failing
        .createCaller({ db: database.db, actor: undefined, currentActor: () => Promise.resolve(undefined), address: "", requestId: "" })
        .fail(),
    ).rejects.toBeInstanceOf(TRPCError);
  });
});
