/** OWASP ASVS 6.2.1 asks for eight at least; apart from the schemas for hints on screens that load no zod. */
export const MIN_PASSWORD_LENGTH = 12;
