import { beforeEach, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, contextOf, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { listViews } from "./list-views";
import { deleteView, saveView } from "./save-view";

const database = useTestDatabase();
let north: string;

beforeEach(async () => {
  north = (await testFarm(database.db)).id;
});

/** Somebody with a row of their own, as views have owners. */
async function person(role: "admin" | "viewer", ...farmIds: string[]): Promise<UserActor> {
  const { id } = await testPerson(database.db, {
    isAdmin: role === "admin",
    memberships: { create: farmIds.map((farmId) => ({ farmId, role: "viewer" as const })) },
  });
  return { ...actorWith(role, ...farmIds), userId: id };
}

const save = (actor: UserActor, input: object) =>
  saveView({ ctx: contextOf(database.db, actor), input: { query: "attention=true", ...input } });
const names = async (actor: UserActor) => (await listViews({ ctx: contextOf(database.db, actor) })).map((view) => view.name);

test("views are one's own; shared ones are seen by people of the same farms and by admins", async () => {
  const owner = await person("viewer", north);
  await save(owner, { name: "Mine" });
  await save(owner, { name: "Ours", shared: true });
  expect(await names(owner)).toEqual(["Mine", "Ours"]);
  expect(await names(await person("viewer", north))).toEqual(["Ours"]);
  expect(await names(await person("viewer", (await testFarm(database.db)).id))).toEqual([]);
  expect(await names(await person("admin"))).toContain("Ours");
});

test("a name is taken once, and replaced only on purpose", async () => {
  const owner = await person("viewer", north);
  await save(owner, { name: "Batteries", query: "battery=20" });
  await expect(save(owner, { name: " Batteries " })).rejects.toMatchObject({
    code: "conflict",
    fields: { name: expect.any(String) as string },
  });
  await save(owner, { name: "Batteries", query: "battery=30", replace: true });
  expect(await listViews({ ctx: contextOf(database.db, owner) })).toMatchObject([{ query: "battery=30", isMine: true }]);
});

test.each([
  { name: "" },
  { name: "x".repeat(61) },
  { name: "a", query: "x y" },
  { name: "a", query: "x".repeat(2_001) },
  { name: "a", query: 'é"' },
])("%j is refused", async (input) => {
  await expect(save(await person("viewer", north), input)).rejects.toMatchObject({ code: "invalid_input" });
});

test("only its owner deletes a view, or an admin a shared one", async () => {
  const owner = await person("viewer", north);
  const mine = await save(owner, { name: "Mine" });
  const shared = await save(owner, { name: "Ours", shared: true });
  const remove = (actor: UserActor, id: string) => deleteView({ ctx: contextOf(database.db, actor), input: { id } });
  for (const { id } of [mine, shared]) await expect(remove(await person("viewer", north), id)).rejects.toMatchObject({ code: "not_found" });
  await expect(remove(await person("admin"), mine.id)).rejects.toMatchObject({ code: "not_found" });
  await remove(await person("admin"), shared.id);
  await remove(owner, mine.id);
  expect(await names(owner)).toEqual([]);
});
