import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";

interface ForbiddenStateProps {
  title?: string;
  /** Who can help: "Ask an admin to give you access to this farm." */
  description?: ReactNode;
  action?: ReactNode;
}

/** The page exists, this person may not see it. */
export function ForbiddenState({
  title = "You do not have access to this",
  description = "Your role on this farm does not include it. An admin can change that.",
  action,
}: ForbiddenStateProps) {
  return <EmptyState level={1} icon={<Lock />} title={title} description={description} action={action} />;
}
