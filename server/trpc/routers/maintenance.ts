import {
  addAttachmentSchema,
  cancelRecordSchema,
  completeRecordSchema,
  deleteAttachmentSchema,
  editRecordSchema,
  listDueSchema,
  planRecordSchema,
  recordDoneSchema,
  setIntervalSchema,
  setMaintenanceDatesSchema,
} from "@/server/domain/maintenance/schema";
import { addAttachment } from "@/server/services/maintenance/add-attachment";
import { cancelRecord } from "@/server/services/maintenance/cancel-record";
import { completeRecord } from "@/server/services/maintenance/complete-record";
import { deleteAttachment } from "@/server/services/maintenance/delete-attachment";
import { editRecord } from "@/server/services/maintenance/edit-record";
import { listDue } from "@/server/services/maintenance/list-due";
import { listIntervals } from "@/server/services/maintenance/list-intervals";
import { listRecords, listRecordsSchema } from "@/server/services/maintenance/list-records";
import { planRecord } from "@/server/services/maintenance/plan-record";
import { recordDone } from "@/server/services/maintenance/record-done";
import { removeInterval, removeIntervalSchema } from "@/server/services/maintenance/remove-interval";
import { setInterval } from "@/server/services/maintenance/set-interval";
import { setMaintenanceDates } from "@/server/services/maintenance/set-maintenance-dates";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const maintenanceRouter = router({
  records: procedure.input(inputOf(listRecordsSchema)).query(({ ctx, input }) => listRecords({ ctx: ctx.service, input })),
  due: procedure.input(inputOf(listDueSchema)).query(({ ctx, input }) => listDue({ ctx: ctx.service, input })),
  plan: procedure.input(inputOf(planRecordSchema)).mutation(({ ctx, input }) => planRecord({ ctx: ctx.service, input })),
  recordDone: procedure.input(inputOf(recordDoneSchema)).mutation(({ ctx, input }) => recordDone({ ctx: ctx.service, input })),
  complete: procedure.input(inputOf(completeRecordSchema)).mutation(({ ctx, input }) => completeRecord({ ctx: ctx.service, input })),
  edit: procedure.input(inputOf(editRecordSchema)).mutation(({ ctx, input }) => editRecord({ ctx: ctx.service, input })),
  cancel: procedure.input(inputOf(cancelRecordSchema)).mutation(({ ctx, input }) => cancelRecord({ ctx: ctx.service, input })),
  addAttachment: procedure.input(inputOf(addAttachmentSchema)).mutation(({ ctx, input }) => addAttachment({ ctx: ctx.service, input })),
  deleteAttachment: procedure
    .input(inputOf(deleteAttachmentSchema))
    .mutation(({ ctx, input }) => deleteAttachment({ ctx: ctx.service, input })),
  setDates: procedure
    .input(inputOf(setMaintenanceDatesSchema))
    .mutation(({ ctx, input }) => setMaintenanceDates({ ctx: ctx.service, input })),
  intervals: procedure.query(({ ctx }) => listIntervals({ ctx: ctx.service })),
  setInterval: procedure.input(inputOf(setIntervalSchema)).mutation(({ ctx, input }) => setInterval({ ctx: ctx.service, input })),
  removeInterval: procedure.input(inputOf(removeIntervalSchema)).mutation(({ ctx, input }) => removeInterval({ ctx: ctx.service, input })),
});
