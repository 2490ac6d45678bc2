import { expect, test } from "vitest";
import { testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { useMailServer } from "@/server/testing/mail-server";

const database = useTestDatabase();
const mail = useMailServer();

test("admins who can sign in are written to, and a mail server that refuses breaks nothing", async () => {
  const { tellAdmins } = await import("./tell-admins");
  const admin = await testPerson(database.db, { isAdmin: true });
  await testPerson(database.db, { isAdmin: true, disabledAt: new Date() });
  await testPerson(database.db);
  await tellAdmins(database.db, []);
  expect(mail.received).toEqual([]);
  await tellAdmins(database.db, [{ id: "some-id", name: "Herd management", reason: "failing" }]);
  expect(mail.received).toMatchObject([{ to: [admin.email], subject: "Webhook switched off: Herd management" }]);
  expect(mail.received[0]?.text).toContain("it has accepted nothing for five days.\nhttp://localhost:3000/settings/webhooks/some-id");
  mail.refusal = "no";
  await tellAdmins(database.db, [{ id: "some-id", name: "Herd management", reason: "gone" }]);
  expect(mail.received).toHaveLength(1);
});
