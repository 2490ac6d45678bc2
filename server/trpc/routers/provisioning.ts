import { issueTokensSchema, listTokensSchema } from "@/server/domain/provisioning/schema";
import { issueTokens } from "@/server/services/provisioning/issue-tokens";
import { listTokens } from "@/server/services/provisioning/list-tokens";
import { revokeCredentials, revokeCredentialsSchema } from "@/server/services/provisioning/revoke-credentials";
import { revokeTokens, revokeTokensSchema } from "@/server/services/provisioning/revoke-tokens";
import { rotateCredentials, rotateCredentialsSchema } from "@/server/services/provisioning/rotate-credentials";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const provisioningRouter = router({
  rotateCredentials: procedure
    .input(inputOf(rotateCredentialsSchema))
    .mutation(({ ctx, input }) => rotateCredentials({ ctx: ctx.service, input })),
  revokeCredentials: procedure
    .input(inputOf(revokeCredentialsSchema))
    .mutation(({ ctx, input }) => revokeCredentials({ ctx: ctx.service, input })),
  issueTokens: procedure.input(inputOf(issueTokensSchema)).mutation(({ ctx, input }) => issueTokens({ ctx: ctx.service, input })),
  listTokens: procedure.input(inputOf(listTokensSchema)).query(({ ctx, input }) => listTokens({ ctx: ctx.service, input })),
  revokeTokens: procedure.input(inputOf(revokeTokensSchema)).mutation(({ ctx, input }) => revokeTokens({ ctx: ctx.service, input })),
});
