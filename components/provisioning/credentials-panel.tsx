"use client";

import { CopyField } from "@/components/patterns/copy-field";
import { DownloadButton } from "@/components/patterns/download-button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { credentialsFileName, credentialsFileText } from "@/server/domain/provisioning/credentials-file";
import type { IssuedCredentials } from "@/server/services/provisioning/credentials-view";
import { TopicList } from "./topic-list";

/** Everything a device needs to connect, to copy or to download; the only time its password is seen. */
export function CredentialsPanel({ deviceName, credentials }: { deviceName: string; credentials: IssuedCredentials }) {
  const { mqtt, topics, deviceId } = credentials;
  return (
    <Card>
      <CardHeader title="MQTT credentials" divided />
      <CardBody className="flex flex-col gap-4 pt-4">
        <Callout tone="warning" title="The password will not be shown again">
          The server keeps only a fingerprint of it. If it is lost, issue a new one on the device&rsquo;s page.
        </Callout>
        <div className="grid gap-4 sm:grid-cols-2">
          <CopyField label="Username" value={mqtt.username} />
          <CopyField label="Client ID" value={mqtt.clientId} />
        </div>
        <CopyField label="Password" value={mqtt.password} />
        <div className="grid gap-4 sm:grid-cols-[1fr_8rem_8rem]">
          <CopyField label="Broker host" value={mqtt.host} />
          <CopyField label="Port" value={String(mqtt.port)} hint={mqtt.tls ? "TLS" : "without TLS"} />
          {mqtt.webSocketPort ? <CopyField label="WebSocket" value={String(mqtt.webSocketPort)} /> : null}
        </div>
        <details className="group">
          <summary className="w-fit cursor-pointer rounded-inner font-medium text-accent pointer-coarse:py-2.5">Topics</summary>
          <div className="mt-2">
            <TopicList topics={topics} />
          </div>
        </details>
      </CardBody>
      <CardFooter>
        <DownloadButton fileName={credentialsFileName(deviceId)} content={() => credentialsFileText({ deviceName, ...credentials })}>
          Download credentials
        </DownloadButton>
      </CardFooter>
    </Card>
  );
}
