import {
  createWebhookSchema,
  listWebhookDeliveriesSchema,
  replayWebhookSchema,
  rotateWebhookSecretSchema,
  updateWebhookSchema,
  webhookDeliveryIdSchema,
  webhookIdSchema,
} from "@/server/domain/webhooks/schema";
import { deleteWebhook } from "@/server/services/webhooks/delete-webhook";
import { getWebhookDelivery, listWebhookDeliveries } from "@/server/services/webhooks/list-deliveries";
import { getWebhook, listWebhooks } from "@/server/services/webhooks/list-webhooks";
import { giveUpDelivery, replayDeliveries } from "@/server/services/webhooks/replay-deliveries";
import { rotateWebhookSecret } from "@/server/services/webhooks/rotate-secret";
import { createWebhook, updateWebhook } from "@/server/services/webhooks/save-webhook";
import { sendPing } from "@/server/services/webhooks/send-ping";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const webhooksRouter = router({
  list: procedure.query(({ ctx }) => listWebhooks({ ctx: ctx.service })),
  get: procedure.input(inputOf(webhookIdSchema)).query(({ ctx, input }) => getWebhook({ ctx: ctx.service, input })),
  create: procedure.input(inputOf(createWebhookSchema)).mutation(({ ctx, input }) => createWebhook({ ctx: ctx.service, input })),
  update: procedure.input(inputOf(updateWebhookSchema)).mutation(({ ctx, input }) => updateWebhook({ ctx: ctx.service, input })),
  rotateSecret: procedure
    .input(inputOf(rotateWebhookSecretSchema))
    .mutation(({ ctx, input }) => rotateWebhookSecret({ ctx: ctx.service, input })),
  delete: procedure.input(inputOf(webhookIdSchema)).mutation(({ ctx, input }) => deleteWebhook({ ctx: ctx.service, input })),
  test: procedure.input(inputOf(webhookIdSchema)).mutation(({ ctx, input }) => sendPing({ ctx: ctx.service, input })),
  deliveries: procedure
    .input(inputOf(listWebhookDeliveriesSchema))
    .query(({ ctx, input }) => listWebhookDeliveries({ ctx: ctx.service, input })),
  delivery: procedure.input(inputOf(webhookDeliveryIdSchema)).query(({ ctx, input }) => getWebhookDelivery({ ctx: ctx.service, input })),
  replay: procedure.input(inputOf(replayWebhookSchema)).mutation(({ ctx, input }) => replayDeliveries({ ctx: ctx.service, input })),
  giveUp: procedure.input(inputOf(webhookDeliveryIdSchema)).mutation(({ ctx, input }) => giveUpDelivery({ ctx: ctx.service, input })),
});
