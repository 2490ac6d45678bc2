import {
  Archive,
  Bell,
  BellRing,
  CircuitBoard,
  CloudUpload,
  Cpu,
  FileUp,
  FolderTree,
  Gauge,
  HeartPulse,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Plug,
  Plus,
  ScanLine,
  ScrollText,
  Server,
  Settings,
  ShieldCheck,
  Tag,
  Tags,
  UserRound,
  Users,
  Warehouse,
  Webhook,
  Wrench,
} from "lucide-react";

const NAV_ICONS = {
  overview: LayoutDashboard,
  devices: Cpu,
  tokens: KeyRound,
  groups: FolderTree,
  alerts: Bell,
  notifications: BellRing,
  health: HeartPulse,
  rollouts: CloudUpload,
  firmware: CircuitBoard,
  maintenance: Wrench,
  calibration: Gauge,
  scan: ScanLine,
  labels: Tags,
  tags: Tag,
  import: FileUp,
  add: Plus,
  farms: Warehouse,
  people: Users,
  account: UserRound,
  signingKeys: ShieldCheck,
  webhooks: Webhook,
  audit: ScrollText,
  integrations: Plug,
  system: Server,
  retention: Archive,
  settings: Settings,
} satisfies Record<string, LucideIcon>;

/** A key, not a component: server components hand it to the client. */
export type NavIconName = keyof typeof NAV_ICONS;

export function NavIcon({ name, className }: { name: NavIconName; className?: string }) {
  const Icon = NAV_ICONS[name];
  return <Icon aria-hidden className={className} />;
}
