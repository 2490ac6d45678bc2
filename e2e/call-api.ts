import type { Page } from "@playwright/test";
import type { Product } from "./product";
import { expect } from "./test";

/** Calls the API as the page's person. */
export async function call<T>(page: Page, demo: Product, procedure: string, input: unknown): Promise<T> {
  const answer = await page.request.post(`${demo.url}/api/trpc/${procedure}`, {
    headers: { "content-type": "application/json", origin: demo.url },
    data: { json: input },
  });
  const body = (await answer.json()) as { result?: { data: { json: T } }; error?: unknown };
  expect(body.error).toBeUndefined();
  return body.result!.data.json;
}
