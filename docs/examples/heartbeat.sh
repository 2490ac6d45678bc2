#!/bin/sh
# Sends heartbeats for one device with mosquitto_pub (Debian package mosquitto-clients), over one connection.
# It only reports: commands need a client that also subscribes, see device.py.
#
# SMARTDAIRY_HOST SMARTDAIRY_PORT SMARTDAIRY_DEVICE_ID SMARTDAIRY_PASSWORD   required
# SMARTDAIRY_COUNT      heartbeats to send, then exit 0; default 1
# SMARTDAIRY_INTERVAL   seconds between them; default 30
# SMARTDAIRY_CA         file with the certificate authority (PEM), switches TLS on
set -eu

host=${SMARTDAIRY_HOST:?} port=${SMARTDAIRY_PORT:?} device_id=${SMARTDAIRY_DEVICE_ID:?} password=${SMARTDAIRY_PASSWORD:?}
count=${SMARTDAIRY_COUNT:-1} interval_seconds=${SMARTDAIRY_INTERVAL:-30}

# Never used before, so from the kernel's random source.
boot_id=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
started_at=$(date +%s)
topic="smartdairy/$device_id/status"
goodbye="{\"online\":false,\"bootId\":\"$boot_id\"}"

# In a file, because command lines are visible to every user of the machine.
options=$(mktemp -d)
trap 'rm -rf "$options"' EXIT
trap 'exit 1' INT TERM
printf '%s\n' "-P $password" > "$options/mosquitto_pub"

send_heartbeats() {
  seq=0
  while [ "$seq" -lt "$count" ]; do
    [ "$seq" -eq 0 ] || sleep "$interval_seconds"
    now=$(date +%s)
    printf '{"ts":%s000,"bootId":"%s","seq":%s,"firmwareVersion":"1.0.0","batteryLevel":87.5,"batteryVoltage":3.71,"signalStrength":-64,"uptimeSeconds":%s,"errorCount":0,"connectionType":"wifi"}\n' \
      "$now" "$boot_id" "$seq" "$((now - started_at))"
    seq=$((seq + 1))
  done
  printf '%s\n' "$goodbye"
}

send_heartbeats | XDG_CONFIG_HOME="$options" mosquitto_pub -V mqttv311 -h "$host" -p "$port" ${SMARTDAIRY_CA:+--cafile "$SMARTDAIRY_CA"} \
  -i "$device_id" -u "$device_id" -k 60 -q 1 -t "$topic" -l \
  --will-topic "$topic" --will-payload "$goodbye" --will-qos 1
