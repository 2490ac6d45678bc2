import type { Metadata } from "next";
import { FarmsScreen } from "@/components/farms/farms-screen";
import { roleAllows } from "@/server/domain/people/policy";
import { requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "Farms" };

export default async function FarmsPage() {
  const { scope } = await requireViewer();
  const editable = scope.everyFarm
    ? ("all" as const)
    : [...scope.roles].filter(([, role]) => roleAllows(role, "farm.edit")).map(([farmId]) => farmId);
  return <FarmsScreen editableFarmIds={editable} />;
}
