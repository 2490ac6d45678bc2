#!/usr/bin/env python3
"""A complete Smart Dairy device in one file: heartbeats, will, commands, configuration, reconnect.

Python 3.9 or later with paho-mqtt 1.6 (Debian: python3-paho-mqtt) or 2.x. It follows docs/device-protocol.md.

SMARTDAIRY_HOST SMARTDAIRY_PORT SMARTDAIRY_DEVICE_ID SMARTDAIRY_PASSWORD   required
SMARTDAIRY_COUNT      heartbeats to send, then exit 0; without it the device runs until it is stopped
SMARTDAIRY_INTERVAL   seconds between heartbeats until the server sets another interval; default 30
SMARTDAIRY_CA         file with the certificate authority (PEM), switches TLS on
SMARTDAIRY_STATE      file that plays the part of the flash memory; default <device id>.state.json
"""

import json
import os
import random
import signal
import sys
import time
import uuid
from datetime import datetime

import paho.mqtt.client as mqtt

HOST = os.environ["SMARTDAIRY_HOST"]
PORT = int(os.environ["SMARTDAIRY_PORT"])
DEVICE_ID = os.environ["SMARTDAIRY_DEVICE_ID"]
PASSWORD = os.environ["SMARTDAIRY_PASSWORD"]
COUNT = int(os.environ.get("SMARTDAIRY_COUNT", "0"))
CA_FILE = os.environ.get("SMARTDAIRY_CA")
STATE_FILE = os.environ.get("SMARTDAIRY_STATE", DEVICE_ID + ".state.json")

FIRMWARE_VERSION = "1.0.0"
KEEPALIVE_SECONDS = 60
ACKNOWLEDGE_TIMEOUT_SECONDS = 60
STABLE_SECONDS = 60
FIRST_WAIT_SECONDS = 1
LAST_WAIT_SECONDS = 300
ANSWERS_KEPT = 32


def topic(channel):
    return "smartdairy/%s/%s" % (DEVICE_ID, channel)


class Flash:
    """What survives a restart: the order of commands, their answers, the configuration."""

    def __init__(self):
        self.highest_seq = 0
        self.answers = {}
        self.undelivered = []
        self.restart_id = None
        self.config_version = 0
        self.interval_seconds = float(os.environ.get("SMARTDAIRY_INTERVAL", "30"))
        try:
            with open(STATE_FILE) as file:
                self.__dict__.update(json.load(file))
        except FileNotFoundError:
            pass

    def save(self):
        for oldest in list(self.answers)[:-ANSWERS_KEPT]:
            del self.answers[oldest]
        with open(STATE_FILE + ".new", "w") as file:
            json.dump(self.__dict__, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(STATE_FILE + ".new", STATE_FILE)


class Device:
    def __init__(self, flash, restart_reason):
        self.flash = flash
        self.boot_id = str(uuid.uuid4())  # from the operating system's random source, never used before
        self.seq = 0
        self.started = time.monotonic()
        self.restart_reason = restart_reason
        self.bytes_transmitted = 0
        self.ready = False
        self.is_lost = False
        self.next_heartbeat = 0.0
        self.heartbeat_mid = None
        self.heartbeat_sent = 0.0
        self.heartbeats = 0
        self.answer_mids = {}
        self.tasks = []  # (when, what to do)
        self.restart_wanted = False
        self.stop_wanted = False
        self.settle_after_boot()
        self.client = self.new_client()

    # --- connection -------------------------------------------------------------------------------------------------

    def new_client(self):
        settings = {"client_id": DEVICE_ID, "clean_session": True, "protocol": mqtt.MQTTv311}
        if hasattr(mqtt, "CallbackAPIVersion"):  # paho 2
            settings["callback_api_version"] = mqtt.CallbackAPIVersion.VERSION2
        client = mqtt.Client(**settings)
        client.username_pw_set(DEVICE_ID, PASSWORD)
        client.will_set(topic("status"), self.goodbye(), qos=1)
        if CA_FILE:
            client.tls_set(ca_certs=CA_FILE)
        client.on_connect = self.on_connect
        client.on_subscribe = self.on_subscribe
        client.on_message = self.on_message
        client.on_publish = self.on_publish
        return client

    def goodbye(self):
        return json.dumps({"online": False, "bootId": self.boot_id})

    def on_connect(self, client, _userdata, _flags, reason, _properties=None):
        if reason != 0:
            print("connection refused:", reason, file=sys.stderr)
            self.is_lost = True
            return
        client.subscribe([(topic("command"), 2), (topic("config"), 2)])

    def on_subscribe(self, _client, _userdata, _mid, granted, _properties=None):
        if any(getattr(code, "value", code) >= 128 for code in granted):
            print("subscription refused", file=sys.stderr)
            self.is_lost = True
            return
        self.ready = True
        self.send_heartbeat()  # first, so that the server knows the boot before it hears of its commands
        for answer in list(self.flash.undelivered):
            self.send_answer(answer)

    def publish(self, channel, message):
        payload = json.dumps(message)
        self.bytes_transmitted += len(payload.encode())
        return self.client.publish(topic(channel), payload, qos=1).mid

    def on_publish(self, _client, _userdata, mid, *_):
        if mid == self.heartbeat_mid:
            self.heartbeat_mid = None
            self.restart_reason = None
            self.heartbeats += 1
        answer = self.answer_mids.pop(mid, None)
        if answer in self.flash.undelivered:
            self.flash.undelivered.remove(answer)
            self.flash.save()

    # --- heartbeats -------------------------------------------------------------------------------------------------

    def send_heartbeat(self):
        now = time.monotonic()
        self.next_heartbeat = now + self.flash.interval_seconds * random.uniform(0.9, 1.1)
        if self.heartbeat_mid is not None:  # one at a time: the newest state is worth more than a queue
            return
        heartbeat = {
            "ts": int(time.time() * 1000),
            "bootId": self.boot_id,
            "seq": self.seq,
            "firmwareVersion": FIRMWARE_VERSION,
            "batteryLevel": 87.5,
            "batteryVoltage": 3.71,
            "signalStrength": -64,
            "uptimeSeconds": int(now - self.started),
            "errorCount": 0,
            "connectionType": "wifi",
            "bytesTransmitted": self.bytes_transmitted,
        }
        if self.restart_reason:
            heartbeat["restartReason"] = self.restart_reason
        self.seq += 1
        self.heartbeat_sent = now
        self.heartbeat_mid = self.publish("status", heartbeat)

    # --- commands ---------------------------------------------------------------------------------------------------

    def on_message(self, _client, _userdata, message):
        try:
            body = json.loads(message.payload)
            if message.topic == topic("command"):
                self.take_command(body)
            elif message.topic == topic("config"):
                self.take_config(body)
        except (ValueError, KeyError, TypeError) as error:
            print("ignored a message on", message.topic, repr(error), file=sys.stderr)

    def take_command(self, command):
        identifier, seq = command["id"], command["seq"]
        expires_at = datetime.fromisoformat(command["expiresAt"].replace("Z", "+00:00")).timestamp()
        if identifier in self.flash.answers:
            return self.answer(self.flash.answers[identifier])
        if seq <= self.flash.highest_seq:
            return self.answer({"id": identifier, "state": "failed", "error": "superseded by a later command"})
        self.flash.highest_seq = seq
        if time.time() >= expires_at:
            return self.answer({"id": identifier, "state": "failed", "error": "expired before it arrived"})
        self.carry_out(identifier, command["command"], command["params"])

    def carry_out(self, identifier, name, params):
        def succeed(result=None):
            self.answer(dict({"id": identifier, "state": "succeeded"}, **({"result": result} if result else {})))

        if name == "identify" and isinstance(params.get("seconds"), int):
            self.answer({"id": identifier, "state": "acknowledged"})
            print("blinking for", params["seconds"], "seconds")
            self.tasks.append((time.monotonic() + params["seconds"], succeed))
        elif name == "diagnostic":
            self.answer({"id": identifier, "state": "acknowledged"})
            succeed({"state": "ok", "clock": {"state": "ok"}, "firmware": {"state": "ok", "version": FIRMWARE_VERSION}})
        elif name == "configure" and isinstance(params.get("reportIntervalSeconds"), int):
            self.answer({"id": identifier, "state": "acknowledged"})
            self.set_interval(params["reportIntervalSeconds"])
            succeed({"reportIntervalSeconds": params["reportIntervalSeconds"]})
        elif name == "restart":
            self.flash.restart_id = identifier
            self.answer({"id": identifier, "state": "acknowledged"})
            self.restart_wanted = True
        else:
            self.answer({"id": identifier, "state": "failed", "error": "not supported"})

    def take_config(self, config):
        if config["version"] > self.flash.config_version:
            self.flash.config_version = config["version"]
            self.set_interval(config["reportIntervalSeconds"])

    def set_interval(self, seconds):
        self.flash.interval_seconds = seconds
        self.flash.save()
        self.next_heartbeat = min(self.next_heartbeat, time.monotonic() + seconds)

    def answer(self, answer):
        self.remember(answer)
        self.send_answer(answer)

    def remember(self, answer):
        """Into flash before it is sent: after a loss of power the command must not be done again."""
        self.flash.answers[answer["id"]] = answer
        self.flash.undelivered = [other for other in self.flash.undelivered if other["id"] != answer["id"]] + [answer]
        self.flash.save()

    def send_answer(self, answer):
        if self.ready:
            self.answer_mids[self.publish("response", dict(answer, ts=int(time.time() * 1000)))] = answer

    def settle_after_boot(self):
        """Commands the last boot acknowledged and did not finish."""
        for answer in list(self.flash.answers.values()):
            if answer["state"] != "acknowledged":
                continue
            if self.restart_reason == "command" and answer["id"] == self.flash.restart_id:
                self.remember({"id": answer["id"], "state": "succeeded"})
            else:
                self.remember({"id": answer["id"], "state": "failed", "error": "interrupted by a restart"})

    # --- life -------------------------------------------------------------------------------------------------------

    def is_done(self):
        return self.stop_wanted or COUNT > 0 and self.heartbeats >= COUNT and not self.tasks and not self.flash.undelivered

    def run_connection(self):
        """One connection, until it is lost or the device has no more use for it."""
        self.ready = self.is_lost = False
        self.heartbeat_mid = None
        self.answer_mids.clear()
        try:
            self.client.connect(HOST, PORT, keepalive=KEEPALIVE_SECONDS)
        except OSError as error:
            print("cannot connect:", error, file=sys.stderr)
            return
        while not self.is_lost and self.client.loop(timeout=0.2) == mqtt.MQTT_ERR_SUCCESS:
            now = time.monotonic()
            for task in [task for task in self.tasks if task[0] <= now]:
                self.tasks.remove(task)
                task[1]()
            if self.ready and now >= self.next_heartbeat:
                self.send_heartbeat()
            if self.heartbeat_mid is not None and now - self.heartbeat_sent > ACKNOWLEDGE_TIMEOUT_SECONDS:
                break  # MQTT 3.1.1 repeats a message only on a new connection
            if self.is_done() or (self.restart_wanted and not self.flash.undelivered):
                self.say_goodbye()
                return

    def say_goodbye(self):
        farewell = self.client.publish(topic("status"), self.goodbye(), qos=1)
        deadline = time.monotonic() + 3
        while not farewell.is_published() and time.monotonic() < deadline:
            if self.client.loop(timeout=0.2) != mqtt.MQTT_ERR_SUCCESS:
                break
        self.client.disconnect()
        self.client.loop(timeout=0.2)

    def run(self):
        failures = 0
        while True:
            if self.is_done():
                return
            started = time.monotonic()
            self.run_connection()
            if self.is_done() or self.restart_wanted:
                return
            failures = 0 if self.ready and time.monotonic() - started >= STABLE_SECONDS else failures + 1
            ceiling = min(LAST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(failures - 1 if failures else 0, 20))
            retry_at = time.monotonic() + random.uniform(0, ceiling)  # full jitter
            while time.monotonic() < retry_at and not self.stop_wanted:
                time.sleep(0.05)


def main():
    flash = Flash()
    reason = "power_on"
    heartbeats = 0
    while True:
        device = Device(flash, reason)
        device.heartbeats = heartbeats

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: setattr(device, "stop_wanted", True))
        device.run()
        if not device.restart_wanted or device.stop_wanted:
            return
        reason, heartbeats = "command", device.heartbeats


main()
