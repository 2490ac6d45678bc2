import { listLabelsSchema } from "@/server/domain/labels/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { findLabels, type FoundLabels } from "./find-labels";

/**
 * What would be printed for a source, for the preview.
 * @throws invalid_input, not_found, forbidden
 */
export async function listLabels({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FoundLabels> {
  const { source } = parseInput(listLabelsSchema, input);
  return findLabels(ctx, source);
}
