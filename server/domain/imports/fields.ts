import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "../devices/device-type";
import { CONNECTION_TYPES, POWER_SOURCES } from "../devices/vocabulary";

/** The columns an import knows: those of specification Task 2.3, and what else describes a device. */
export const IMPORT_FIELDS = [
  "device_id",
  "name",
  "device_type",
  "farm_code",
  "manufacturer",
  "model",
  "serial_number",
  "mac_address",
  "location",
  "group",
  "tags",
  "power_source",
  "connection_type",
  "last_calibration_date",
  "calibration_certificate",
  "calibration_interval_days",
  "next_maintenance_date",
  "maintenance_notes",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

interface FieldFacts {
  label: string;
  /** What a cell may hold, for people. */
  allowed: string;
  example: string;
  /** A new device needs it. */
  required?: true;
  /** Other names of the column, in letters and digits only. */
  synonyms: readonly string[];
}

export const IMPORT_FIELD_FACTS: Record<ImportField, FieldFacts> = {
  device_id: {
    label: "Device ID",
    allowed: "Two letters, then three to six digits",
    example: "MM101",
    required: true,
    synonyms: ["id", "device", "deviceno", "devicenumber", "geräteid", "gerätid", "gerät", "idgerät", "iddispositivo", "dispositivo"],
  },
  name: {
    label: "Name",
    allowed: "Up to 120 characters",
    example: "Stall 12 left",
    required: true,
    synonyms: ["devicename", "label", "title", "bezeichnung", "gerätename", "nombre"],
  },
  device_type: {
    label: "Device type",
    allowed: DEVICE_TYPES.map((type) => `${type} (${DEVICE_TYPE_FACTS[type].label})`).join(" | "),
    example: "milk_meter",
    required: true,
    synonyms: ["type", "kind", "category", "gerätetyp", "typ", "art", "tipo", "tipodedispositivo"],
  },
  farm_code: {
    label: "Farm code",
    allowed: "The code of one of your farms; empty = the default farm",
    example: "NORD",
    synonyms: ["farm", "farmid", "site", "betrieb", "hof", "betriebscode", "hofcode", "granja", "finca", "codigogranja"],
  },
  manufacturer: {
    label: "Manufacturer",
    allowed: "Up to 100 characters",
    example: "DeLaval",
    synonyms: ["maker", "vendor", "brand", "make", "hersteller", "fabricante", "marca"],
  },
  model: {
    label: "Model",
    allowed: "Up to 100 characters",
    example: "MM27",
    synonyms: ["modelnumber", "modelno", "modell", "modelo", "product"],
  },
  serial_number: {
    label: "Serial number",
    allowed: "Up to 100 characters, unique for its manufacturer",
    example: "DL-204417",
    synonyms: ["serial", "serialno", "sn", "snr", "seriennummer", "numerodeserie", "númerodeserie"],
  },
  mac_address: {
    label: "MAC address",
    allowed: "Six pairs of hex digits, unique",
    example: "02:4A:1B:00:3C:7F",
    synonyms: ["mac", "macadresse", "direccionmac", "direcciónmac", "eui48", "hwaddress", "hardwareaddress"],
  },
  location: {
    label: "Location",
    allowed: "Up to 200 characters",
    example: "Parlour, place 12",
    synonyms: ["locationdescription", "place", "position", "standort", "ort", "platz", "ubicacion", "ubicación"],
  },
  group: {
    label: "Group",
    allowed: "Code or name of a group of the farm",
    example: "NORD-PARLOUR",
    synonyms: ["groupcode", "devicegroup", "groupname", "gruppe", "gerätegruppe", "grupo"],
  },
  tags: {
    label: "Tags",
    allowed: "Names of tags with “|” between them; they take the place of those the device has",
    example: "trial|left side",
    synonyms: ["tag", "labels", "keywords", "schlagworte", "etiketten", "etiquetas"],
  },
  power_source: {
    label: "Power",
    allowed: POWER_SOURCES.join(" | "),
    example: "mains",
    synonyms: ["power", "powersupply", "supply", "stromversorgung", "versorgung", "strom", "alimentacion", "alimentación"],
  },
  connection_type: {
    label: "Connection",
    allowed: CONNECTION_TYPES.join(" | "),
    example: "wifi",
    synonyms: ["connection", "connectivity", "network", "verbindung", "anbindung", "netz", "conexion", "conexión"],
  },
  last_calibration_date: {
    label: "Last calibration",
    allowed: "A day, 2026-03-29 or 29.03.2026; not in the future",
    example: "2026-03-29",
    synonyms: [
      "lastcalibration",
      "calibrationdate",
      "calibrated",
      "calibratedon",
      "letztekalibrierung",
      "kalibriertam",
      "ultimacalibracion",
    ],
  },
  calibration_certificate: {
    label: "Calibration certificate",
    allowed: "Up to 120 characters; belongs to the last calibration",
    example: "DKD-2026-0417",
    synonyms: ["certificate", "calibrationcert", "zertifikat", "kalibrierschein", "certificado"],
  },
  calibration_interval_days: {
    label: "Calibration interval",
    allowed: "Days, 1 to 3650",
    example: "365",
    synonyms: ["calibrationinterval", "intervaldays", "kalibrierintervall", "kalibrierungsintervall", "intervalodecalibracion"],
  },
  next_maintenance_date: {
    label: "Next maintenance",
    allowed: "A day, 2026-03-29 or 29.03.2026",
    example: "2026-12-01",
    synonyms: ["nextmaintenance", "maintenancedate", "nextservice", "servicedate", "nächstewartung", "wartungam", "proximomantenimiento"],
  },
  maintenance_notes: {
    label: "Maintenance notes",
    allowed: "Up to 2,000 characters",
    example: "Key at the office",
    synonyms: ["notes", "note", "remarks", "comment", "comments", "notizen", "bemerkung", "bemerkungen", "notas"],
  },
};
