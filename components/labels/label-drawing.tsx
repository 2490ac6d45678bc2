import { QRCodeSVG } from "qrcode.react";
import { CODE_ERROR_LEVEL } from "@/server/domain/labels/code-size";
import { MM_PER_PT } from "@/server/domain/labels/fit-text";
import type { LabelLayout } from "@/server/domain/labels/layout-label";
import { LOGO_HEIGHT, LOGO_LINE_WIDTH, LOGO_PATHS } from "@/server/domain/labels/logo-path";
import { LABEL_FONTS, LABEL_WEIGHTS } from "./measure-text";

interface LabelDrawingProps {
  layout: LabelLayout;
  /** What its code says. */
  code: string;
}

/** One label in millimetres, black on white whatever the theme: inside an SVG. */
export function LabelDrawing({ layout, code }: LabelDrawingProps) {
  return (
    <>
      {layout.codes.map(({ xMm, yMm, sizeMm }) => (
        <QRCodeSVG
          key={xMm}
          value={code}
          level={CODE_ERROR_LEVEL}
          marginSize={0}
          x={xMm}
          y={yMm}
          size={sizeMm}
          role="presentation"
          shapeRendering="crispEdges"
        />
      ))}
      {layout.texts.map(({ text, role, xMm, baselineMm, sizePt, weight, isCentred }, index) => (
        <text
          key={`${role}${index}`}
          x={xMm}
          y={baselineMm}
          fontSize={sizePt * MM_PER_PT}
          fontWeight={LABEL_WEIGHTS[weight]}
          fontFamily={LABEL_FONTS}
          textAnchor={isCentred ? "middle" : "start"}
          fill="#000"
        >
          {text}
        </text>
      ))}
      {layout.logo ? (
        <g
          transform={`translate(${layout.logo.xMm} ${layout.logo.yMm}) scale(${layout.logo.heightMm / LOGO_HEIGHT})`}
          fill="none"
          stroke="#000"
          strokeWidth={LOGO_LINE_WIDTH}
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          {LOGO_PATHS.map((path) => (
            <path key={path} d={path} />
          ))}
        </g>
      ) : null}
    </>
  );
}
