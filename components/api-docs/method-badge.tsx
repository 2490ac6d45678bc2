import { Badge } from "@/components/ui/badge";

const TONES = { GET: "info", POST: "healthy", PATCH: "warning" } as const;

export function MethodBadge({ name }: { name: string }) {
  return (
    <Badge tone={TONES[name as keyof typeof TONES]} icon={null} className="font-mono">
      {name}
    </Badge>
  );
}
