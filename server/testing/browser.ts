import superjson from "superjson";

/** What a program is answered: the status, and what was in the body. */
interface Answer {
  status: number;
  data: unknown;
  message: string;
}

/** As much of a browser as a sign-in needs: it keeps cookies, and calls from one address. */
export class TestBrowser {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #cookies = new Map<string, string>();

  constructor(url: string, { address = "192.0.2.1", userAgent = "curl/8.5.0" } = {}) {
    this.#url = url;
    this.#headers = { "content-type": "application/json", "x-smart-dairy-address": address, "user-agent": userAgent };
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  /** One of the endpoints below `/api/auth/`. */
  async auth(path: string, body: Record<string, unknown> = {}): Promise<Answer> {
    const response = await this.#post(`/api/auth/${path}`, JSON.stringify(body));
    const data = (await response.json().catch(() => undefined)) as { message?: string; detail?: string } | undefined;
    return { status: response.status, data, message: data?.message ?? data?.detail ?? "" };
  }

  signIn(email: string, password: string): Promise<Answer> {
    return this.auth("sign-in/email", { email, password });
  }

  /** A procedure, query or mutation. */
  async call(procedure: string, input: unknown, isMutation = false): Promise<Answer> {
    const text = JSON.stringify(superjson.serialize(input));
    const path = `/api/trpc/${procedure}`;
    const response = await (isMutation ? this.#post(path, text) : this.#fetch(`${path}?input=${encodeURIComponent(text)}`));
    const body = (await response.json()) as {
      result?: { data: Parameters<typeof superjson.deserialize>[0] };
      error?: { json: { message: string } };
    };
    return {
      status: response.status,
      data: body.result && superjson.deserialize(body.result.data),
      message: body.error?.json.message ?? "",
    };
  }

  #post(path: string, body: string): Promise<Response> {
    return this.#fetch(path, { method: "POST", body });
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(this.#url + path, { ...init, headers: { ...this.#headers, ...(cookie ? { cookie } : {}) } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /;\s*max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}
