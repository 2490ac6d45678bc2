import { afterAll, beforeAll, beforeEach } from "vitest";
import { preparePerson } from "@/server/services/people/create-person";
import type { TestDatabase } from "./database";
import { serveRoutes } from "./serve-routes";

interface PersonOverHttp {
  /** Of the routes that browsers call. */
  readonly url: string;
  readonly id: string;
  readonly email: string;
  /** Counts the tests of the file. */
  readonly number: number;
}

/** Serves the routes to a test file and gives each of its tests a person of its own, who signs in with the password. */
export function usePersonOverHttp(
  database: TestDatabase,
  { password, isAdmin = () => false }: { password: string; isAdmin?: (number: number) => boolean },
): PersonOverHttp {
  let server: Awaited<ReturnType<typeof serveRoutes>>;
  const person = { url: "", id: "", email: "", number: 0 };
  beforeAll(async () => {
    server = await serveRoutes();
    person.url = server.url;
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    person.number++;
    person.email = `someone${person.number}@farm.example`;
    const prepared = await preparePerson({
      name: "Herd person",
      email: person.email,
      password,
      isAdmin: isAdmin(person.number),
      memberships: [],
    });
    person.id = (await database.db.$transaction((tx) => prepared.create(tx))).id;
  });
  return person;
}
