import { expectTypeOf, test } from "vitest";
import type { CommandKind, CommandState } from "@/server/domain/commands/schema";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { IdBlockPurpose } from "@/server/domain/devices/id-block";
import type { DeviceLifecycle } from "@/server/domain/devices/lifecycle";
import type {
  CalibrationStatus,
  ConnectionType,
  FirmwareUpdateStatus,
  HealthStatus,
  PowerSource,
  ProvisioningMethod,
} from "@/server/domain/devices/vocabulary";
import type { CheckResult } from "@/server/domain/diagnostics/check";
import type { DiagnosticState } from "@/server/domain/diagnostics/schema";
import type { FirmwareFormat, FirmwareState } from "@/server/domain/firmware/vocabulary";
import type { SignalQuality } from "@/server/domain/health/policy";
import type { LabelMethod } from "@/server/domain/labels/vocabulary";
import type { MaintenanceStatus, MaintenanceType } from "@/server/domain/maintenance/maintenance-type";
import type {
  NotificationChannel,
  NotificationDropReason,
  NotificationKind,
  NotificationState,
} from "@/server/domain/notifications/vocabulary";
import type { ErrorPolicy, ImportMode, ImportState, ImportVerdict, UndoOutcome } from "@/server/domain/imports/vocabulary";
import type { FarmRole } from "@/server/domain/people/policy";
import type {
  FailurePolicy,
  RolloutEventKind,
  RolloutKind,
  RolloutState,
  StageState,
  TargetState,
} from "@/server/domain/rollouts/vocabulary";
import type { BulkItemState, BulkKind } from "@/server/domain/bulk/vocabulary";
import type { WebhookDeliveryState } from "@/server/domain/webhooks/vocabulary";
import type * as Stored from "./generated/enums";

// Decided by the type checker: a value that only one side knows does not compile.

test("the database's enums are the domain's", () => {
  expectTypeOf<Stored.DeviceType>().toEqualTypeOf<DeviceType>();
  expectTypeOf<Stored.DeviceLifecycle>().toEqualTypeOf<DeviceLifecycle>();
  expectTypeOf<Stored.PowerSource>().toEqualTypeOf<PowerSource>();
  expectTypeOf<Stored.ConnectionType>().toEqualTypeOf<ConnectionType>();
  expectTypeOf<Stored.ProvisioningMethod>().toEqualTypeOf<ProvisioningMethod>();
  expectTypeOf<Stored.FirmwareUpdateStatus>().toEqualTypeOf<FirmwareUpdateStatus>();
  expectTypeOf<Stored.CalibrationStatus>().toEqualTypeOf<CalibrationStatus>();
  expectTypeOf<Stored.HealthStatus>().toEqualTypeOf<HealthStatus>();
  expectTypeOf<Stored.SignalQuality>().toEqualTypeOf<SignalQuality>();
  expectTypeOf<Stored.IdBlockPurpose>().toEqualTypeOf<IdBlockPurpose>();
  expectTypeOf<Stored.LabelMethod>().toEqualTypeOf<LabelMethod>();
  expectTypeOf<Stored.CommandKind>().toEqualTypeOf<CommandKind>();
  expectTypeOf<Stored.CommandState>().toEqualTypeOf<CommandState>();
  expectTypeOf<Stored.DiagnosticState>().toEqualTypeOf<DiagnosticState>();
  expectTypeOf<Stored.CheckResult>().toEqualTypeOf<CheckResult>();
  expectTypeOf<Stored.BulkKind>().toEqualTypeOf<BulkKind>();
  expectTypeOf<Stored.BulkItemState>().toEqualTypeOf<BulkItemState>();
  expectTypeOf<Stored.MaintenanceType>().toEqualTypeOf<MaintenanceType>();
  expectTypeOf<Stored.MaintenanceStatus>().toEqualTypeOf<MaintenanceStatus>();
  expectTypeOf<Stored.FirmwareState>().toEqualTypeOf<FirmwareState>();
  expectTypeOf<Stored.FirmwareFormat>().toEqualTypeOf<FirmwareFormat>();
  expectTypeOf<Stored.FarmRole>().toEqualTypeOf<FarmRole>();
  expectTypeOf<Stored.RolloutState>().toEqualTypeOf<RolloutState>();
  expectTypeOf<Stored.RolloutKind>().toEqualTypeOf<RolloutKind>();
  expectTypeOf<Stored.RolloutEventKind>().toEqualTypeOf<RolloutEventKind>();
  expectTypeOf<Stored.RolloutStageState>().toEqualTypeOf<StageState>();
  expectTypeOf<Stored.RolloutTargetState>().toEqualTypeOf<TargetState>();
  expectTypeOf<Stored.FailurePolicy>().toEqualTypeOf<FailurePolicy>();
  expectTypeOf<Stored.ImportState>().toEqualTypeOf<ImportState>();
  expectTypeOf<Stored.ImportMode>().toEqualTypeOf<ImportMode>();
  expectTypeOf<Stored.ImportErrorPolicy>().toEqualTypeOf<ErrorPolicy>();
  expectTypeOf<Stored.ImportVerdict>().toEqualTypeOf<ImportVerdict>();
  expectTypeOf<Stored.ImportUndoOutcome>().toEqualTypeOf<UndoOutcome>();
  expectTypeOf<Stored.NotificationChannel>().toEqualTypeOf<NotificationChannel>();
  expectTypeOf<Stored.NotificationKind>().toEqualTypeOf<NotificationKind>();
  expectTypeOf<Stored.NotificationState>().toEqualTypeOf<NotificationState>();
  expectTypeOf<Stored.NotificationDropReason>().toEqualTypeOf<NotificationDropReason>();
  expectTypeOf<Stored.WebhookDeliveryState>().toEqualTypeOf<WebhookDeliveryState>();
});
