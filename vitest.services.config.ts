import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

// Needs programs that not every machine has: mosquitto, mosquitto_pub, Python with paho-mqtt. `.ci/run` installs them.
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({ test: { include: ["server/testing/services/**/*.services.ts"], fileParallelism: false } }),
);
