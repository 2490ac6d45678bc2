import { describe, expect, test } from "vitest";
import { FILE_REFUSALS, fileFormatOf } from "./file-format";

const filler = (length: number) => Array.from({ length }, (_, index) => (index * 7 + 13) % 251);
const bytes = (...start: number[]) => Uint8Array.from([...start, ...filler(200)]);
const text = (value: string) => new TextEncoder().encode(value);

describe("what a file is", () => {
  test.each([
    ["an ELF program", bytes(0x7f, 0x45, 0x4c, 0x46), "elf"],
    ["an ESP32 image", bytes(0xe9, 4, 2, 0x20), "esp_image"],
    ["an ESP32 magic with a hundred segments", bytes(0xe9, 100, 2, 0x20), "unknown"],
    ["an ARM vector table", bytes(0x00, 0x80, 0x00, 0x20, 0x41, 0x01, 0x00, 0x08), "cortex_m"],
    ["one whose reset vector is even", bytes(0x00, 0x80, 0x00, 0x20, 0x40, 0x01, 0x00, 0x08), "unknown"],
    ["one whose stack is in flash", bytes(0x00, 0x80, 0x00, 0x08, 0x41, 0x01, 0x00, 0x08), "unknown"],
    ["an MCUboot image", bytes(0x3d, 0xb8, 0xf3, 0x96), "mcuboot"],
    ["a U-Boot image", bytes(0x27, 0x05, 0x19, 0x56), "uimage"],
    ["a UF2 file", bytes(0x55, 0x46, 0x32, 0x0a, 0x57, 0x51, 0x5d, 0x9e), "uf2"],
    ["gzip", bytes(0x1f, 0x8b, 0x08), "gzip"],
    ["xz", bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), "xz"],
    ["zstd", bytes(0x28, 0xb5, 0x2f, 0xfd), "zstd"],
    ["ZIP", bytes(0x50, 0x4b, 0x03, 0x04), "zip"],
    ["Intel HEX", text(":10010000214601360121470136007EFE09D2190140\n:00000001FF\n"), "intel_hex"],
    ["an S-record", text("S00F000068656C6C6F202020202000003C\r\nS9030000FC\r\n"), "s_record"],
    ["something of somebody's own", bytes(0xca, 0xfe, 0x00, 0x01), "unknown"],
    ["one byte", Uint8Array.from([0x01, 0x02]), "unknown"],
  ])("%s", (_, head, format) => {
    expect(fileFormatOf(head)).toEqual({ format });
  });

  test.each([
    ["nothing", new Uint8Array(), "empty"],
    ["a page", text("\n<!DOCTYPE html><html>"), "web_page"],
    ["a page without its type", text("<html><body>Sign in"), "web_page"],
    ["XML", text('<?xml version="1.0"?>'), "web_page"],
    ["JSON", text('{"error":"not found"}'), "script"],
    ["a shell script", text("#!/bin/sh\nrm"), "script"],
    ["words with accents", text("Änderungen: größer"), "script"],
    ["a PNG", bytes(0x89, 0x50, 0x4e, 0x47), "picture"],
    ["a JPEG", bytes(0xff, 0xd8, 0xff), "picture"],
    ["a PDF", text("%PDF-1.7"), "document"],
    ["erased flash", new Uint8Array(4_096).fill(0xff), "blank"],
    ["zeros", new Uint8Array(64), "blank"],
  ] as const)("%s is none", (_, head, refusal) => {
    expect(fileFormatOf(head)).toEqual({ refusal });
    expect(FILE_REFUSALS[refusal]).toMatch(/\.$/);
  });

  test("a sign cut in two at the end of the head is still text", () => {
    expect(fileFormatOf(text(`${"a".repeat(9)}é`).slice(0, 10))).toEqual({ refusal: "script" });
  });

  test("a view into a larger buffer is read where it begins", () => {
    const image = bytes(0x00, 0x80, 0x00, 0x20, 0x41, 0x01, 0x00, 0x08);
    const within = new Uint8Array([9, 9, 9, 9, ...image]).subarray(4);
    expect(fileFormatOf(within)).toEqual({ format: "cortex_m" });
  });
});
