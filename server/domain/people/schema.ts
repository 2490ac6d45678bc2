import { z } from "zod";
import { createFarmSchema } from "../farms/schema";
import { requiredLine } from "../text";
import { MIN_PASSWORD_LENGTH } from "./password-length";
import { FARM_ROLES } from "./policy";

// The handful that pass a length rule and still open most doors; a full list belongs to a breach service.
const WELL_KNOWN = ["password1234", "passwordpassword", "123456789012", "qwertyuiop12", "administrator", "smartdairy12", "smart-dairy-1"];

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email("An e-mail address, for example manager@farm.example"))
  .refine((value) => value.length <= 254, "At most 254 characters");

/** OWASP ASVS 6.2: length counts, composition does not; up to 128 characters so that hashing stays bounded. */
export const passwordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `At least ${MIN_PASSWORD_LENGTH} characters`)
  .max(128, "At most 128 characters")
  .refine((value) => !WELL_KNOWN.includes(value.toLowerCase()), "Too well known, choose another one")
  .refine((value) => new Set(value).size >= 4, "Too repetitive, choose another one");

const personName = requiredLine(100, "Name is required");

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1, "Password is required").max(128) });

/** The first admin and the first farm, in one step. */
export const setupSchema = z.object({
  setupCode: z.string().trim().min(1, "Enter the setup code from the terminal"),
  name: personName,
  email: emailSchema,
  password: passwordSchema,
  farm: createFarmSchema.pick({ code: true, name: true, timeZone: true }),
});

export const invitePersonSchema = z
  .object({
    name: personName,
    email: emailSchema,
    isAdmin: z.boolean().default(false),
    role: z.enum(FARM_ROLES).default("field_staff"),
    farmIds: z.array(z.uuid()).max(500).default([]),
  })
  .refine((person) => person.isAdmin || person.farmIds.length > 0, { path: ["farmIds"], error: "Choose at least one farm" });

/** With the token of an invitation, or of a link for a new password. */
export const choosePasswordSchema = z.object({ token: z.string().min(20).max(100), password: passwordSchema });

export const changePasswordSchema = z.object({
  currentPassword: z.string().min(1, "Enter your current password").max(128),
  newPassword: passwordSchema,
});
