import { z } from "zod";
import { restartDeviceSchema } from "@/server/domain/commands/schema";
import { listDiagnosticsSchema } from "@/server/domain/diagnostics/schema";
import { listCommands, listCommandsSchema } from "@/server/services/commands/list-commands";
import { restartDevice } from "@/server/services/commands/restart-device";
import { getDiagnostic } from "@/server/services/diagnostics/get-diagnostic";
import { listDiagnostics } from "@/server/services/diagnostics/list-diagnostics";
import { runDiagnostic } from "@/server/services/diagnostics/run-diagnostic";
import { commandPage, diagnostic, diagnosticPage, issuedCommand, startedDiagnostic } from "../answers/commands";
import { cursorAfter, pageOf } from "../page-cursor";
import { route } from "../route";

const cursor = z.string().max(200).optional();

export const COMMAND_ROUTES = [
  route({
    method: "POST",
    path: "/devices/{id}/diagnostic",
    operationId: "runDiagnostic",
    tag: "Commands",
    summary: "Run device diagnostic",
    description: "Asks the device for its self-test; the report is there when it answers or its hour is over.",
    scope: "device.command",
    status: 202,
    answer: startedDiagnostic,
    location: ({ diagnosticId }) => `/api/v1/iot/diagnostics/${String(diagnosticId)}`,
    handle: ({ ctx, params }) => runDiagnostic({ ctx, input: { deviceId: params.id } }),
  }),
  route({
    method: "POST",
    path: "/devices/{id}/restart",
    operationId: "restartDevice",
    tag: "Commands",
    summary: "Restart device",
    description: "Not while its farm is milking and not a device that moves something, unless forced with a reason.",
    scope: "device.command",
    body: restartDeviceSchema.omit({ deviceId: true }).strict().meta({ id: "RestartRequest" }),
    status: 202,
    answer: issuedCommand,
    handle: ({ ctx, params, body }) => restartDevice({ ctx, input: { ...body, deviceId: params.id } }),
  }),
  route({
    method: "GET",
    path: "/devices/{id}/commands",
    operationId: "listCommands",
    tag: "Commands",
    summary: "A device's commands",
    description: "The newest first.",
    scope: "device.read",
    query: listCommandsSchema.pick({ pageSize: true }).extend({ cursor }),
    status: 200,
    answer: commandPage,
    handle: async ({ ctx, params, query: { cursor: after, ...query } }) => {
      const page = await listCommands({ ctx, input: { ...query, page: pageOf(after), deviceId: params.id } });
      return { commands: page.commands, nextCursor: cursorAfter(page) };
    },
  }),
  route({
    method: "GET",
    path: "/devices/{id}/diagnostics",
    operationId: "listDiagnostics",
    tag: "Commands",
    summary: "A device's diagnostics",
    description: "The newest first.",
    scope: "device.read",
    query: listDiagnosticsSchema.pick({ pageSize: true }).extend({ cursor }),
    status: 200,
    answer: diagnosticPage,
    handle: async ({ ctx, params, query: { cursor: after, ...query } }) => {
      const page = await listDiagnostics({ ctx, input: { ...query, page: pageOf(after), deviceId: params.id } });
      return { diagnostics: page.diagnostics, nextCursor: cursorAfter(page) };
    },
  }),
  route({
    method: "GET",
    path: "/diagnostics/{id}",
    operationId: "getDiagnostic",
    tag: "Commands",
    summary: "One diagnostic report",
    scope: "device.read",
    status: 200,
    answer: diagnostic,
    handle: ({ ctx, params }) => getDiagnostic({ ctx, input: { diagnosticId: params.id } }),
  }),
];
