import { QRCodeSVG } from "qrcode.react";
import { CODE_ERROR_LEVEL, QUIET_ZONE_MODULES } from "@/server/domain/labels/code-size";
import { deviceQrText } from "@/server/domain/provisioning/credentials-file";

/** The device's identity as a QR code, always dark on white, whatever the theme: scanners need it so. */
export function DeviceQr(device: { deviceId: string; type: string; serialNumber: string | null }) {
  return (
    <figure className="flex flex-col items-center gap-2">
      <QRCodeSVG
        value={deviceQrText(device)}
        size={168}
        level={CODE_ERROR_LEVEL}
        marginSize={QUIET_ZONE_MODULES}
        title={`QR code of ${device.deviceId}`}
        className="rounded-control"
      />
      <figcaption className="font-mono text-lg font-semibold tracking-tight">{device.deviceId}</figcaption>
    </figure>
  );
}
