"use client";

import { Plus, Tags } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { labelsOfDevice } from "@/components/labels/labels-href";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DeviceFormOutput } from "./wizard-steps";
import type { IssuedCredentials } from "@/server/services/provisioning/credentials-view";
import { CredentialsPanel } from "./credentials-panel";
import { DeviceQr } from "./device-qr";
import { WaitingForDevice } from "./waiting-for-device";

interface DeviceCreatedProps {
  device: Pick<DeviceFormOutput, "deviceId" | "name" | "type" | "serialNumber">;
  /** `undefined` for a unit that has its password already. */
  credentials: IssuedCredentials | undefined;
  subtitle?: string;
  onAnother?: () => void;
}

/** The last step: credentials shown once, and a live answer when the device connects with them. */
export function DeviceCreated({
  device,
  credentials,
  subtitle = "Registered. Put these credentials into the device now.",
  onAnother,
}: DeviceCreatedProps) {
  useEffect(() => {
    window.scrollTo({ top: 0 });
  }, []);
  return (
    <div className="max-w-[64rem]">
      <PageHeader
        title={
          <>
            <span className="font-mono tracking-tight">{device.deviceId}</span> {device.name}
          </>
        }
        subtitle={subtitle}
        actions={
          <>
            {onAnother ? (
              <Button onClick={onAnother}>
                <Plus aria-hidden />
                Create another
              </Button>
            ) : null}
            <Button variant="primary" render={<Link href={`/devices/${device.deviceId}`} />}>
              Open device
            </Button>
          </>
        }
      />
      <div className="mt-5 flex flex-col gap-4">
        <WaitingForDevice deviceId={device.deviceId} />
        <div className="grid items-start gap-4 lg:grid-cols-[1fr_17rem]">
          {credentials ? (
            <CredentialsPanel deviceName={device.name} credentials={credentials} />
          ) : (
            <Callout tone="info" title="This unit has its password already">
              It keeps what it was given when it was registered. If that is lost, issue a new one on the device&rsquo;s page.
            </Callout>
          )}
          <Card>
            <CardHeader title="Label" divided />
            <CardBody className="flex flex-col items-center gap-3 pt-4 text-center">
              <DeviceQr deviceId={device.deviceId} type={device.type} serialNumber={device.serialNumber} />
              <p className="text-sm text-ink-2">Says which device it is. It holds no password.</p>
              <Button size="sm" render={<Link href={labelsOfDevice(device.deviceId)} target="_blank" />}>
                <Tags aria-hidden />
                Print label
              </Button>
            </CardBody>
          </Card>
        </div>
      </div>
    </div>
  );
}
