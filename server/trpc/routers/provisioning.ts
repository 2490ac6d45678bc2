import { issueTokenSchema } from "@/server/domain/provisioning/schema";
import { issueToken } from "@/server/services/provisioning/issue-token";
import { revokeCredentials, revokeCredentialsSchema } from "@/server/services/provisioning/revoke-credentials";
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
  issueToken: procedure.input(inputOf(issueTokenSchema)).mutation(({ ctx, input }) => issueToken({ ctx: ctx.service, input })),
});
