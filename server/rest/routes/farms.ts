import { createGroupSchema, listGroupsSchema } from "@/server/domain/groups/schema";
import { createTagSchema } from "@/server/domain/tags/schema";
import { listFarms } from "@/server/services/farms/list-farms";
import { createGroup } from "@/server/services/groups/create-group";
import { listGroups } from "@/server/services/groups/list-groups";
import { createTag } from "@/server/services/tags/create-tag";
import { listTags } from "@/server/services/tags/list-tags";
import { createdGroup, farms, groups, tag, tags } from "../answers/farms";
import { route } from "../route";

export const FARM_ROUTES = [
  route({
    method: "GET",
    path: "/farms",
    operationId: "listFarms",
    tag: "Farms",
    summary: "List farms",
    scope: "farm.read",
    status: 200,
    answer: farms,
    handle: async ({ ctx }) => ({ farms: await listFarms({ ctx }) }),
  }),
  route({
    method: "GET",
    path: "/groups",
    operationId: "listGroups",
    tag: "Farms",
    summary: "List groups",
    scope: "farm.read",
    query: listGroupsSchema,
    status: 200,
    answer: groups,
    handle: async ({ ctx, query }) => ({ groups: await listGroups({ ctx, input: query }) }),
  }),
  route({
    method: "POST",
    path: "/groups",
    operationId: "createGroup",
    tag: "Farms",
    summary: "Add a group",
    scope: "group.edit",
    body: createGroupSchema.strict().meta({ id: "NewGroup" }),
    status: 201,
    answer: createdGroup,
    handle: ({ ctx, body }) => createGroup({ ctx, input: body }),
  }),
  route({
    method: "GET",
    path: "/tags",
    operationId: "listTags",
    tag: "Farms",
    summary: "List tags",
    scope: "farm.read",
    status: 200,
    answer: tags,
    handle: async ({ ctx }) => ({ tags: await listTags({ ctx }) }),
  }),
  route({
    method: "POST",
    path: "/tags",
    operationId: "createTag",
    tag: "Farms",
    summary: "Add a tag",
    scope: "device.edit",
    body: createTagSchema.strict().meta({ id: "NewTag" }),
    status: 201,
    answer: tag,
    handle: ({ ctx, body }) => createTag({ ctx, input: body }),
  }),
];
