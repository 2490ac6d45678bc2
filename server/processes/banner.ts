interface BannerFacts {
  webUrl: string;
  mqttUrl: string | undefined;
  webSocketUrl: string | undefined;
  dataFolder: string;
  embeddedDatabase: boolean;
  signIn: string[];
}

/** The one block a newcomer reads: where, how to sign in, where devices connect, where the data is. */
export function banner(facts: BannerFacts): string {
  const rows: [string, string][] = [
    ["Open", facts.webUrl],
    ...facts.signIn.map((line, index): [string, string] => [index === 0 ? "Sign in" : "", line]),
    ["Devices", [facts.mqttUrl ?? "your broker (MQTT_URL)", facts.webSocketUrl].filter(Boolean).join("  ·  ")],
    [
      "Data",
      facts.embeddedDatabase
        ? `${facts.dataFolder}  (embedded PostgreSQL; in production set DATABASE_URL)`
        : "your PostgreSQL (DATABASE_URL)",
    ],
    ["Stop", "Ctrl-C"],
  ];
  const body = rows.map(([label, value]) => `  ${label.padEnd(8)} ${value}`);
  const rule = "─".repeat(Math.max(...body.map((line) => line.length)) + 2);
  return ["", rule, "  Smart Dairy is running", "", ...body, rule, ""].join("\n");
}
