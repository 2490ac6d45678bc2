/** What stands on a label. */
export const LABEL_TEMPLATES = ["code", "id_name", "full"] as const;
export type LabelTemplate = (typeof LABEL_TEMPLATES)[number];

export const LABEL_TEMPLATE_FACTS: Record<LabelTemplate, { label: string; meaning: string }> = {
  code: { label: "Code only", meaning: "As large as the label takes it" },
  id_name: { label: "Code, ID and name", meaning: "What a fitter looks for" },
  full: { label: "With farm and logo", meaning: "Where devices of several farms meet" },
};

/** How labels leave the product. */
export const LABEL_METHODS = ["print", "pdf", "zpl"] as const;
export type LabelMethod = (typeof LABEL_METHODS)[number];

export const LABEL_METHOD_FACTS: Record<LabelMethod, { label: string }> = {
  print: { label: "Printed in the browser" },
  pdf: { label: "PDF" },
  zpl: { label: "ZPL" },
};

/** Dots per inch of label printers. */
export const PRINTER_DPIS = [203, 300, 600] as const;
export type PrinterDpi = (typeof PRINTER_DPIS)[number];

/** Labels for each device. */
export const MAX_COPIES = 10;

/** Millimetres that a printer is off; more is another stock. */
export const MAX_OFFSET_MM = 10;

/** Devices times copies, in one go. */
export const MAX_LABELS = 2_000;

/** Millimetres: a code is never drawn with a shorter side where the label has room for it. */
export const MIN_CODE_MM = 15;
/** The same for thermal printers, where a module is a whole number of dots: 4 of 203 dpi are 14.5 mm for a short ID. */
export const MIN_SNAPPED_CODE_MM = 14;
/**
 * Points. At 60 cm, an arm's length, capitals of 12 pt (3.0 mm) cover 17 minutes of arc: above the 16 that ISO 9241-303
 * asks for. The rest may be smaller, 13 minutes, because the ID is what one looks for.
 */
export const MIN_ID_PT = 12;
export const MIN_TEXT_PT = 9;
