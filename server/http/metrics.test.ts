import { expect, test } from "vitest";
import { POST as runCron } from "@/app/api/cron/[job]/route";
import { GET as metrics } from "@/app/metrics/route";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase();
const SECRET = `Bearer ${process.env.CRON_SECRET ?? ""}`;

const scrape = (authorization?: string) =>
  metrics(new Request("http://localhost/metrics", { headers: authorization ? { authorization } : {} }));

test.each([undefined, "Bearer wrong", "Basic abc"])("%s opens nothing", async (authorization) => {
  const response = await scrape(authorization);
  expect([response.status, response.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
  expect(await response.text()).not.toContain("smartdairy_");
});

test("devices, alerts, what waits, and what each job did last are told in Prometheus' own format", async () => {
  const { db } = database;
  const farm = await testFarm(db);
  for (const healthStatus of ["critical", "critical", "healthy"] as const) {
    await testDevice(db, {
      farmId: farm.id,
      type: "gate",
      lifecycle: "provisioned",
      state: { healthStatus, connected: healthStatus === "healthy" },
    });
  }
  await db.alert.create({
    data: {
      deviceKey: null,
      condition: "reception",
      type: "reception_lost",
      severity: "critical",
      firstOccurrence: new Date(),
      lastOccurrence: new Date(),
    },
  });
  const run = await runCron(new Request("http://localhost/api/cron/housekeeping", { method: "POST", headers: { authorization: SECRET } }), {
    params: Promise.resolve({ job: "housekeeping" }),
  });
  expect(run.status).toBe(200);
  const response = await scrape(SECRET);
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const text = await response.text();
  const lines = text.split("\n").map((line) => line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(",").sort().join(",")}}`));
  expect(lines).toContain('smartdairy_devices{connected="false",health="critical",lifecycle="provisioned",type="gate"} 2');
  expect(lines).toContain('smartdairy_devices{connected="true",health="healthy",lifecycle="provisioned",type="gate"} 1');
  expect(lines).toContain('smartdairy_alerts_open{severity="critical",state="active",type="reception_lost"} 1');
  expect(lines).toContain('smartdairy_job_runs_total{job="housekeeping"} 1');
  expect(lines).toContain('smartdairy_job_last_failed{job="housekeeping"} 0');
  expect(text).toMatch(/smartdairy_job_last_duration_seconds\{job="housekeeping"\} [\d.]+/);
  expect(text).toMatch(/smartdairy_job_last_count\{job="housekeeping",what="sessions"\} 0/);
  expect(text).toContain("nodejs_eventloop_lag_seconds");
  expect(text).toContain("# HELP smartdairy_devices ");
});

test("an empty installation has metrics too", async () => {
  await database.db.alert.deleteMany();
  await database.db.device.deleteMany();
  expect((await scrape(SECRET)).status).toBe(200);
});
