/** Imports go one way: domain ← services ← { trpc, mqtt, jobs, app }. The messages say where the code belongs. */
const from = (path, pathNot) => ({ path, pathNot: ["\\.test\\.ts$", "^server/testing/", ...(pathNot ?? [])] });

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      comment: "Two files that need each other are one thing: join them, or move what they share.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "domain-is-pure",
      severity: "error",
      comment: "server/domain runs in the browser too: only zod and itself. Put I/O into server/services.",
      from: from("^server/domain/"),
      to: { pathNot: ["^server/domain/", "^node_modules/zod/"] },
    },
    {
      name: "services-know-no-transport",
      severity: "error",
      comment: "A service is called by tRPC, HTTP, MQTT and jobs alike. Only the MQTT topic table may be read.",
      from: from("^server/services/"),
      to: {
        path: "^(server/(trpc|jobs|http|auth|processes)/|server/mqtt/|app/|components/|simulator/)",
        pathNot: "^server/mqtt/topics\\.ts$",
      },
    },
    {
      name: "database-behind-services",
      severity: "error",
      comment: "Only services talk to the database; who needs data calls a verb in server/services.",
      from: from("^(server/(trpc|mqtt|jobs|http)/|app/|components/)"),
      to: { path: "^server/db/", pathNot: "^server/db/(client|connection)\\.ts$" },
    },
    {
      name: "components-know-domain-and-types-only",
      severity: "error",
      comment: "Components import values from server/domain and types from services and the router; data comes through tRPC.",
      from: from("^components/"),
      to: { path: "^server/", pathNot: "^server/domain/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "ui-primitives-know-nothing",
      severity: "error",
      comment: "components/ui and components/patterns are domain-free; put what knows a device into its feature's folder.",
      from: from("^components/(ui|patterns)/"),
      to: { path: "^(server/|components/(?!ui/|patterns/))" },
    },
    {
      name: "only-gates-mint-scopes",
      severity: "error",
      comment: "A farm scope is minted where a session or a key was checked: in server/auth.",
      from: from("^", ["^server/auth/"]),
      to: { path: "^server/auth/mint-farm-scope\\.ts$" },
    },
    {
      name: "simulator-speaks-the-public-protocol",
      severity: "error",
      comment: "Virtual devices may use the public contract only.",
      from: from("^simulator/"),
      to: { path: "^server/", pathNot: "^server/(domain/|mqtt/(topics|payloads)\\.ts$)" },
    },
    {
      name: "nothing-imports-processes",
      severity: "error",
      comment: "Entry points start things; share code from where it belongs.",
      from: from("^(?!server/processes/|e2e/)"),
      to: { path: "^server/processes/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-drawers",
      severity: "error",
      comment: "Name the file after what it does and put it where that belongs; no lib, utils, helpers or index files.",
      from: {},
      to: { path: ["/(lib|utils|helpers)/", "/index[.]tsx?$"], pathNot: ["node_modules", "^server/db/generated/"] },
    },
    {
      name: "no-dev-dependencies-at-runtime",
      severity: "error",
      comment: "What runs in production must be a dependency.",
      from: from("^(app|server|components|simulator)/", ["^server/db/(schema-diff|author-migration)\\.ts$", "^simulator/test-"]),
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "^node_modules/@types/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|server/db/generated)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".json"],
    },
  },
};
