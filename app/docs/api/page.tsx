import type { Metadata } from "next";
import { ApiDocs, type ApiDocument } from "@/components/api-docs/api-docs";
import { openApiDocument } from "@/server/rest/openapi";

export const metadata: Metadata = { title: "REST interface" };

/** The OpenAPI document to read, drawn on the server: no script, nothing from elsewhere. */
export default function ApiDocsPage() {
  return <ApiDocs document={openApiDocument() as unknown as ApiDocument} />;
}
