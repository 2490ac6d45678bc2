import type { Viewer } from "@/components/console/console-shell";
import type { NavIconName } from "@/components/shell/nav-icon";

export interface SettingsItem {
  href: string;
  label: string;
  icon: NavIconName;
  /** What is there, in a line. */
  about: string;
}

interface SettingsGroup {
  heading: string;
  items: (SettingsItem & { isFor?: (viewer: Viewer) => boolean })[];
}

const admins = ({ isAdmin }: Viewer) => isAdmin;

const GROUPS: SettingsGroup[] = [
  {
    heading: "Farms",
    items: [
      { href: "/settings/farms", label: "Farms", icon: "farms", about: "Time zones, milking sessions, freezes" },
      { href: "/settings/tags", label: "Tags", icon: "tags", about: "Words that devices are found by" },
    ],
  },
  {
    heading: "Devices",
    items: [
      { href: "/settings/health", label: "Health rules", icon: "health", about: "When a device needs somebody", isFor: admins },
      { href: "/settings/calibration", label: "Calibration", icon: "calibration", about: "How often each type is due", isFor: admins },
      { href: "/settings/signing-keys", label: "Signing keys", icon: "signingKeys", about: "What firmware is signed with", isFor: admins },
    ],
  },
  {
    heading: "Integrations",
    items: [],
  },
  {
    heading: "Access",
    items: [
      { href: "/settings/people", label: "People", icon: "people", about: "Who may do what on which farm", isFor: admins },
      { href: "/settings/account", label: "Your account", icon: "account", about: "Password, second factor, where you are signed in" },
    ],
  },
  {
    heading: "Integrations",
    items: [
      { href: "/settings/api-keys", label: "API keys", icon: "integrations", about: "What other programs may do", isFor: admins },
      {
        href: "/settings/webhooks",
        label: "Webhooks",
        icon: "webhooks",
        about: "What happens here, told to other programs",
        isFor: admins,
      },
    ],
  },
  {
    heading: "Oversight",
    items: [
      {
        href: "/settings/audit",
        label: "Audit log",
        icon: "audit",
        about: "Who changed what, and when",
        isFor: ({ canAudit }) => canAudit,
      },
      { href: "/settings/system", label: "System", icon: "system", about: "Broker, database, jobs, storage", isFor: admins },
      { href: "/settings/system/retention", label: "Retention", icon: "retention", about: "How long things are kept", isFor: admins },
    ],
  },
];

/** The settings that are there for this person, by subject. */
export function settingsFor(viewer: Viewer): { heading: string; items: SettingsItem[] }[] {
  return GROUPS.map(({ heading, items }) => ({ heading, items: items.filter(({ isFor }) => !isFor || isFor(viewer)) })).filter(
    ({ items }) => items.length > 0,
  );
}
