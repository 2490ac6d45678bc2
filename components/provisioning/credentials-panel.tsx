"use client";

import { CopyField } from "@/components/patterns/copy-field";
import { DownloadButton } from "@/components/patterns/download-button";
import type { ButtonProps } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { credentialsFileName, credentialsFileText } from "@/server/domain/provisioning/credentials-file";
import type { IssuedCredentials } from "@/server/services/provisioning/credentials-view";
import { TopicList } from "./topic-list";

interface CredentialsProps {
  deviceName: string;
  credentials: IssuedCredentials;
}

/** A device's credentials on a page. */
export function CredentialsPanel({ deviceName, credentials }: CredentialsProps) {
  return (
    <Card>
      <CardHeader title="MQTT credentials" divided />
      <CardBody className="pt-4">
        <CredentialsFields credentials={credentials} />
      </CardBody>
      <CardFooter>
        <CredentialsDownload deviceName={deviceName} credentials={credentials} />
      </CardFooter>
    </Card>
  );
}

/** Everything a device needs to connect, to copy; the only time its password is seen. */
export function CredentialsFields({ credentials: { mqtt, topics } }: Pick<CredentialsProps, "credentials">) {
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="warning" title="The password will not be shown again">
        The server keeps only a fingerprint of it. If it is lost, issue a new one on the device&rsquo;s page.
      </Callout>
      <div className="grid gap-4 sm:grid-cols-2">
        <CopyField label="Username" value={mqtt.username} />
        <CopyField label="Client ID" value={mqtt.clientId} />
      </div>
      <CopyField label="Password" value={mqtt.password} wrap />
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-[1fr_8rem_8rem]">
        <CopyField label="Broker host" value={mqtt.host} className="max-sm:col-span-2" />
        <CopyField label="Port" value={String(mqtt.port)} hint={mqtt.tls ? "TLS" : "without TLS"} />
        {mqtt.webSocketPort ? <CopyField label="WebSocket" value={String(mqtt.webSocketPort)} /> : null}
      </div>
      <details className="group">
        <summary className="w-fit cursor-pointer rounded-inner font-medium text-accent pointer-coarse:py-2.5">Topics</summary>
        <div className="mt-2">
          <TopicList topics={topics} />
        </div>
      </details>
    </div>
  );
}

/** The same as a file, with examples. */
export function CredentialsDownload({ deviceName, credentials, ...button }: CredentialsProps & Pick<ButtonProps, "size">) {
  return (
    <DownloadButton
      {...button}
      fileName={credentialsFileName(credentials.deviceId)}
      content={() => credentialsFileText({ deviceName, ...credentials })}
    >
      Download credentials
    </DownloadButton>
  );
}
