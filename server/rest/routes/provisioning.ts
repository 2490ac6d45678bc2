import { z } from "zod";
import { importSettingsSchema } from "@/server/domain/imports/schema";
import { issueForDeviceSchema, issueForFarmSchema, listTokensSchema } from "@/server/domain/provisioning/schema";
import { csvBody, fileNameOf } from "@/server/http/upload-body";
import { getImportReport, importByRequest } from "@/server/services/imports/import-by-request";
import { nudgeImports } from "@/server/services/imports/work-on-imports";
import { issueTokens } from "@/server/services/provisioning/issue-tokens";
import { listTokens } from "@/server/services/provisioning/list-tokens";
import { revokeTokens } from "@/server/services/provisioning/revoke-tokens";
import { importReport, issuedTokens, revokedTokens, tokenPage } from "../answers/provisioning";
import { cursorAfter, pageOf } from "../page-cursor";
import { route } from "../route";

const importQuery = importSettingsSchema.omit({ defaultFarmId: true }).extend({
  defaultFarm: z.string().max(50).optional().meta({ description: "Code of the farm for new devices whose row names none" }),
  dryRun: z.boolean().default(false).meta({ description: "Judges every row and writes nothing" }),
});

const issueBody = z
  .union([issueForDeviceSchema.omit({ requestKey: true }).strict(), issueForFarmSchema.omit({ requestKey: true }).strict()])
  .meta({ id: "TokenRequest", description: "One for a registered device, or up to 200 for new devices of a type on a farm." });

export const PROVISIONING_ROUTES = [
  route({
    method: "POST",
    path: "/devices/import",
    operationId: "importDevices",
    tag: "Provisioning",
    summary: "Bulk import devices",
    description:
      "The body is the CSV file, columns by their names. The work goes on in the background; ask for its report. A repeat with the same `Idempotency-Key` is the same import.",
    scope: "device.provision",
    query: importQuery,
    takesCsv: true,
    status: 202,
    answer: importReport,
    location: ({ id }) => `/api/v1/iot/devices/import/${String(id)}`,
    handle: async ({ ctx, query, request, idempotencyKey }) => {
      const input = { ...query, fileName: fileNameOf(request.headers), requestKey: idempotencyKey };
      const report = await importByRequest({ ctx, input, chunks: csvBody(request) });
      nudgeImports(ctx.db);
      return asReport(report);
    },
  }),
  route({
    method: "GET",
    path: "/devices/import/{id}",
    operationId: "getImport",
    tag: "Provisioning",
    summary: "How far an import is, and its wrong rows",
    scope: "device.provision",
    query: z.object({ cursor: z.number().int().min(0).optional() }),
    status: 200,
    answer: importReport,
    handle: async ({ ctx, params, query }) => asReport(await getImportReport({ ctx, input: { ...query, id: params.id } })),
  }),
  route({
    method: "GET",
    path: "/provisioning-tokens",
    operationId: "listProvisioningTokens",
    tag: "Provisioning",
    summary: "List provisioning tokens",
    description: "The newest first; nothing in it opens anything.",
    scope: "device.read",
    query: listTokensSchema.omit({ page: true }).extend({ cursor: z.string().max(200).optional() }),
    status: 200,
    answer: tokenPage,
    handle: async ({ ctx, query: { cursor, ...query } }) => {
      const page = await listTokens({ ctx, input: { ...query, page: pageOf(cursor) } });
      return { tokens: page.tokens, nextCursor: cursorAfter(page) };
    },
  }),
  route({
    method: "POST",
    path: "/provisioning-tokens",
    operationId: "issueProvisioningTokens",
    tag: "Provisioning",
    summary: "Issue provisioning tokens",
    description: "Valid for 24 hours, once. With them devices fetch their own credentials.",
    scope: "device.provision",
    body: issueBody,
    status: 201,
    answer: issuedTokens,
    handle: async ({ ctx, body, requestKey }) => ({ tokens: await issueTokens({ ctx, input: { ...body, requestKey } }) }),
  }),
  route({
    method: "POST",
    path: "/provisioning-tokens/{id}/revoke",
    operationId: "revokeProvisioningToken",
    tag: "Provisioning",
    summary: "Revoke a provisioning token",
    scope: "device.provision",
    status: 200,
    answer: revokedTokens,
    handle: ({ ctx, params }) => revokeTokens({ ctx, input: { tokenId: params.id } }),
  }),
];

function asReport(report: Awaited<ReturnType<typeof getImportReport>>) {
  const wrongRows = report.wrongRows.map(({ issues, ...row }) => ({ ...row, issues: issues.map((issue) => ({ ...issue })) }));
  return { ...report, wrongRows };
}
