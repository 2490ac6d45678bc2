import { acknowledgeAlertsSchema, listAlertsSchema, resolveAlertsSchema } from "@/server/domain/alerts/schema";
import { acknowledgeAlerts } from "@/server/services/alerts/acknowledge-alerts";
import { getAlert } from "@/server/services/alerts/get-alert";
import { listAlerts } from "@/server/services/alerts/list-alerts";
import { resolveAlerts } from "@/server/services/alerts/resolve-alerts";
import { alert, alertPage, handledAlert } from "../answers/alerts";
import { route } from "../route";

export const ALERT_ROUTES = [
  route({
    method: "GET",
    path: "/alerts",
    operationId: "listAlerts",
    tag: "Alerts",
    summary: "List alerts",
    scope: "device.read",
    query: listAlertsSchema,
    status: 200,
    answer: alertPage,
    handle: ({ ctx, query }) => listAlerts({ ctx, input: query }),
  }),
  route({
    method: "GET",
    path: "/alerts/{id}",
    operationId: "getAlert",
    tag: "Alerts",
    summary: "One alert with its timeline",
    scope: "device.read",
    status: 200,
    answer: alert,
    handle: ({ ctx, params }) => getAlert({ ctx, input: { id: params.id } }),
  }),
  route({
    method: "POST",
    path: "/alerts/{id}/acknowledge",
    operationId: "acknowledgeAlert",
    tag: "Alerts",
    summary: "Acknowledge an alert",
    description: "Somebody takes care; it stays open.",
    scope: "alert.handle",
    body: acknowledgeAlertsSchema.omit({ ids: true }).strict().meta({ id: "AlertNote" }),
    status: 200,
    answer: handledAlert,
    handle: ({ ctx, params, body }) => acknowledgeAlerts({ ctx, input: { ...body, ids: [params.id] } }),
  }),
  route({
    method: "POST",
    path: "/alerts/{id}/resolve",
    operationId: "resolveAlert",
    tag: "Alerts",
    summary: "Resolve an alert",
    scope: "alert.handle",
    body: resolveAlertsSchema.omit({ ids: true }).strict().meta({ id: "AlertResolution" }),
    status: 200,
    answer: handledAlert,
    handle: ({ ctx, params, body }) => resolveAlerts({ ctx, input: { ...body, ids: [params.id] } }),
  }),
];
