import { requestKey } from "../builders";
import { ALL, MANAGERS, ADMIN, type Expectation } from "./expectation";

const farmInput = (id: string) => ({ id, version: 1, code: "TAKEN", name: "Taken over", timeZone: "Europe/Berlin" });

export const FARMS_EXPECTATIONS: Record<string, Expectation> = {
  "farms.list": { may: ALL, stranger: "sees nothing", input: () => undefined },
  "farms.create": {
    may: ADMIN,
    stranger: "FORBIDDEN",
    input: () => ({
      code: `NEW${requestKey()
        .slice(0, 5)
        .replace(/[^A-Z0-9]/gi, "X")}`,
      name: "New",
      timeZone: "UTC",
    }),
  },
  "farms.update": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ farmId }) => farmInput(farmId) },
};
