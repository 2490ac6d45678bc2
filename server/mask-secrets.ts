const SECRETS = ["SESSION_SECRET", "CRON_SECRET", "METRICS_SECRET", "SETUP_CODE", "MQTT_PASSWORD"];
const URLS_WITH_PASSWORDS = ["DATABASE_URL", "MQTT_URL", "SMTP_URL"];
/** Shorter values would blot out ordinary words. */
const MIN_LENGTH = 6;

/** `//user:password@`, in any URL. */
const URL_PASSWORD = /(:\/\/[^\s:/@"\\]*):[^\s/@"\\]+@/g;

let values: string[] | undefined;

/** Text without the values of this process's own secrets and without passwords in URLs. */
export function maskSecrets(text: string): string {
  values ??= secretValues(process.env);
  let masked = text.replace(URL_PASSWORD, "$1:[redacted]@");
  for (const value of values) masked = masked.replaceAll(value, "[redacted]");
  return masked;
}

/** What must not be read by others, as it may be written: plain, and as a part of a URL. */
export function secretValues(environment: NodeJS.ProcessEnv): string[] {
  const passwords = URLS_WITH_PASSWORDS.flatMap((name) => {
    const url = environment[name];
    return url && URL.canParse(url) ? [new URL(url).password] : [];
  });
  const plain = [...SECRETS.map((name) => environment[name] ?? ""), ...passwords, ...passwords.map(decoded)];
  return [...new Set(plain)].filter((value) => value.length >= MIN_LENGTH).sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
