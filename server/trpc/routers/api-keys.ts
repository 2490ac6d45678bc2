import { apiKeyIdSchema, createApiKeySchema, rotateApiKeySchema } from "@/server/domain/api-keys/schema";
import { createApiKey } from "@/server/services/api-keys/create-api-key";
import { listApiKeys } from "@/server/services/api-keys/list-api-keys";
import { revokeApiKey } from "@/server/services/api-keys/revoke-api-key";
import { rotateApiKey } from "@/server/services/api-keys/rotate-api-key";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const apiKeysRouter = router({
  list: procedure.query(({ ctx }) => listApiKeys({ ctx: ctx.service })),
  create: procedure.input(inputOf(createApiKeySchema)).mutation(({ ctx, input }) => createApiKey({ ctx: ctx.service, input })),
  rotate: procedure.input(inputOf(rotateApiKeySchema)).mutation(({ ctx, input }) => rotateApiKey({ ctx: ctx.service, input })),
  revoke: procedure.input(inputOf(apiKeyIdSchema)).mutation(({ ctx, input }) => revokeApiKey({ ctx: ctx.service, input })),
});
