import { randomBytes, randomUUID } from "node:crypto";
import type { Actor, UserActor } from "@/server/actor";
import { mintFarmScope } from "@/server/auth/mint-farm-scope";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { FarmRole } from "@/server/domain/people/policy";
import type { ServiceContext } from "@/server/services/context";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";

let counter = 0;

/** Different in every call of a test file. */
function next(): number {
  return ++counter;
}

export type Role = "admin" | FarmRole;

/** Somebody who is signed in: an admin, or a person with one role on some farms. */
export function actorWith(role: Role, ...farmIds: string[]): UserActor {
  const isAdmin = role === "admin";
  const memberships = isAdmin ? [] : farmIds.map((farmId) => ({ farmId, role }));
  const userId = randomUUID();
  return {
    kind: "user",
    userId,
    name: `Test ${role}`,
    email: `${userId}@farm.example`,
    isAdmin,
    scope: mintFarmScope({ isAdmin, memberships }),
  };
}

export function contextOf<A extends Actor>(db: Database, actor: A, now = new Date()): ServiceContext<A> {
  return { db, actor, now, requestId: "request-of-a-test" };
}

export function testFarm(db: Database, farm: Partial<Prisma.FarmCreateInput> = {}) {
  const number = next();
  return db.farm.create({ data: { code: `FARM${number}`, name: `Farm ${number}`, timeZone: "Europe/Berlin", ...farm } });
}

/** A browser where they are signed in. */
export function testSession(db: Database, userId: string, session: Partial<Prisma.SessionUncheckedCreateInput> = {}) {
  const expiresAt = new Date(Date.now() + 3_600_000);
  return db.session.create({
    data: { token: randomUUID(), expiresAt, ipAddress: "192.0.2.1", userAgent: "curl/8.5.0", ...session, userId },
  });
}

export function testPerson(db: Database, person: Partial<Prisma.UserCreateInput> = {}) {
  const number = next();
  return db.user.create({ data: { name: `Person ${number}`, email: `person${number}@farm.example`, emailVerified: true, ...person } });
}

interface TestDevice {
  /** Primary key. */
  id: string;
  deviceId: string;
  farmId: string;
  password: string;
}

/** A registered device with valid credentials. */
export async function testDevice(
  db: Database,
  {
    state = {},
    ...device
  }: Partial<Omit<Prisma.DeviceUncheckedCreateInput, "state">> & {
    farmId: string;
    state?: Omit<Prisma.DeviceStateUncheckedCreateInput, "deviceKey">;
  },
): Promise<TestDevice> {
  const number = next();
  const password = newSecret();
  const row = await db.device.create({
    data: {
      deviceId: `ZZ${String(number).padStart(4, "0")}`,
      name: `Device ${number}`,
      type: "milk_meter",
      lifecycle: "provisioned",
      provisionedAt: new Date(),
      ...device,
      state: { create: state },
      credentials: { create: { secretHash: hashSecret(password) } },
    },
  });
  return { id: row.id, deviceId: row.deviceId, farmId: row.farmId, password };
}

/** What the browser makes for every form it opens. */
export function requestKey(): string {
  return randomBytes(32).toString("base64url");
}

/** A filled-in wizard; `overrides` are what a test is about. */
export function wizardInput(farmId: string, overrides: Record<string, unknown> = {}) {
  return { type: "milk_meter", name: "Stall 1", deviceId: "MM001", farmId, requestKey: requestKey(), ...overrides };
}
