import { choosePasswordSchema, invitePersonSchema, setupSchema } from "@/server/domain/people/schema";
import { env } from "@/server/env";
import { acceptInvitation } from "@/server/services/people/accept-invitation";
import { choosePassword } from "@/server/services/people/choose-password";
import { endSessions, endSessionsSchema } from "@/server/services/people/end-sessions";
import { getSecondFactor } from "@/server/services/people/get-second-factor";
import { invitePerson } from "@/server/services/people/invite-person";
import { listPeople } from "@/server/services/people/list-people";
import { listSessions, sessionsOfSchema } from "@/server/services/people/list-sessions";
import { offerNewPassword, offerNewPasswordSchema } from "@/server/services/people/offer-new-password";
import { removeSecondFactor, removeSecondFactorSchema } from "@/server/services/people/remove-second-factor";
import { setUpFirstAdmin } from "@/server/services/people/set-up-first-admin";
import { revokeInvitation, revokeInvitationSchema, updatePerson, updatePersonSchema } from "@/server/services/people/update-person";
import { procedure, publicProcedure, router } from "../init";
import { inputOf } from "../input-of";

export const peopleRouter = router({
  setUp: publicProcedure
    .input(inputOf(setupSchema))
    .mutation(({ ctx, input }) => setUpFirstAdmin({ ctx: { ...ctx, now: new Date(), setupCode: env().SETUP_CODE }, input })),
  acceptInvitation: publicProcedure
    .input(inputOf(choosePasswordSchema))
    .mutation(({ ctx, input }) => acceptInvitation({ ctx: { ...ctx, now: new Date() }, input })),
  choosePassword: publicProcedure
    .input(inputOf(choosePasswordSchema))
    .mutation(({ ctx, input }) => choosePassword({ ctx: { ...ctx, now: new Date() }, input })),
  list: procedure.query(({ ctx }) => listPeople({ ctx: ctx.service })),
  invite: procedure.input(inputOf(invitePersonSchema)).mutation(({ ctx, input }) => invitePerson({ ctx: ctx.service, input })),
  update: procedure.input(inputOf(updatePersonSchema)).mutation(({ ctx, input }) => updatePerson({ ctx: ctx.service, input })),
  revokeInvitation: procedure
    .input(inputOf(revokeInvitationSchema))
    .mutation(({ ctx, input }) => revokeInvitation({ ctx: ctx.service, input })),
  offerNewPassword: procedure
    .input(inputOf(offerNewPasswordSchema))
    .mutation(({ ctx, input }) => offerNewPassword({ ctx: ctx.service, input })),
  secondFactor: procedure.query(({ ctx }) => getSecondFactor({ ctx: ctx.service })),
  removeSecondFactor: procedure
    .input(inputOf(removeSecondFactorSchema))
    .mutation(({ ctx, input }) => removeSecondFactor({ ctx: ctx.service, input })),
  sessions: procedure.input(inputOf(sessionsOfSchema)).query(({ ctx, input }) => listSessions({ ctx: ctx.service, input })),
  endSessions: procedure.input(inputOf(endSessionsSchema)).mutation(({ ctx, input }) => endSessions({ ctx: ctx.service, input })),
});
