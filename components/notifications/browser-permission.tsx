"use client";

import { useSyncExternalStore } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { askPermission, type Permission, permissionNow, subscribeToPermission } from "./notification-permission";

/** Whether this browser may show notifications, and how to let it. */
export function BrowserPermission() {
  const permission = useSyncExternalStore<Permission>(subscribeToPermission, permissionNow, () => "default");
  return (
    <Card>
      <CardHeader
        title="This browser"
        divided
        aside={
          <Badge tone={permission === "granted" ? "healthy" : permission === "denied" ? "warning" : "unknown"}>
            {permission === "granted"
              ? "Allowed"
              : permission === "denied"
                ? "Blocked"
                : permission === "default"
                  ? "Not asked yet"
                  : "Cannot"}
          </Badge>
        }
      />
      <CardBody className="flex flex-col items-start gap-3 pt-3">
        <p>{EXPLAINED[permission]}</p>
        {permission === "default" ? <Button onClick={askPermission}>Allow in this browser</Button> : null}
      </CardBody>
    </Card>
  );
}

const EXPLAINED: Record<Permission, string> = {
  granted: "Rules that tell by browser are shown here while the console is open in a tab, also in the background.",
  denied: "The browser refuses to show notifications of this site. Its settings for the site can allow it again.",
  default: "To be told by this browser it has to be allowed once.",
  unsupported: "This browser cannot show notifications. E-mail and the console still do.",
};
