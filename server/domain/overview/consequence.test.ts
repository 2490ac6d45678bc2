import { expect, test } from "vitest";
import { ALERT_SEVERITIES, type AlertSeverity, type AlertType } from "../alerts/vocabulary";
import type { DeviceType } from "../devices/device-type";
import { compareByConsequence, consequenceOf, CONSEQUENCES, type Consequence } from "./consequence";

test.each([
  ["reception_lost", "critical", null, "nothing_received"],
  ["group_offline", "critical", null, "group_outage"],
  ["offline", "critical", "waterer", "animals_critical"],
  ["high_errors", "critical", "gate", "animals_critical"],
  ["low_battery", "critical", "feeder", "animals_critical"],
  ["offline", "critical", "milk_meter", "animals_critical"],
  ["offline", "critical", "temperature", "critical"],
  ["offline", "critical", "collar", "critical"],
  ["offline", "critical", "environmental", "critical"],
  ["low_battery", "warning", "waterer", "animals_warning"],
  ["calibration_overdue", "warning", "milk_meter", "animals_warning"],
  ["poor_signal", "warning", "collar", "warning"],
  ["custom", "low", "waterer", "low"],
  ["custom", "low", "collar", "low"],
] as [AlertType, AlertSeverity, DeviceType | null, Consequence][])("%s, %s, of %s: %s", (type, severity, deviceType, consequence) => {
  expect(consequenceOf({ alert: { type, severity }, deviceType })).toBe(consequence);
});

test("a device without an alert is due for upkeep", () => {
  expect(consequenceOf({ alert: null, deviceType: "waterer" })).toBe("upkeep");
});

test("no severity is left without its consequence", () => {
  for (const severity of ALERT_SEVERITIES)
    expect(CONSEQUENCES).toContain(consequenceOf({ alert: { type: "custom", severity }, deviceType: null }));
});

test("the order: consequence, then who has it in hand, then how long it lasts; the unknown since when comes last", () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 5, 1, hours));
  const inOrder = [
    { consequence: "nothing_received", isAcknowledged: true, since: at(9) },
    { consequence: "group_outage", isAcknowledged: false, since: at(9) },
    { consequence: "animals_critical", isAcknowledged: false, since: at(3) },
    { consequence: "animals_critical", isAcknowledged: false, since: at(4) },
    { consequence: "animals_critical", isAcknowledged: true, since: at(1) },
    { consequence: "critical", isAcknowledged: false, since: at(0) },
    { consequence: "animals_warning", isAcknowledged: false, since: at(0) },
    { consequence: "warning", isAcknowledged: false, since: at(0) },
    { consequence: "upkeep", isAcknowledged: false, since: at(5) },
    { consequence: "upkeep", isAcknowledged: false, since: null },
  ] as const;
  expect(inOrder.toReversed().sort(compareByConsequence)).toEqual(inOrder);
});
