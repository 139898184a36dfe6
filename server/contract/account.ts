import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';

/** Administrators run the hub, creators build agents, members use them. */
export const Role = z.enum(['administrator', 'creator', 'member']);
export type Role = z.infer<typeof Role>;

const PersonName = z.string().trim().min(1).max(80);

export const Person = z.object({
  id: Identifier,
  name: z.string(),
  email: z.string(),
  role: Role,
  createdAt: Timestamp,
});
export type Person = z.infer<typeof Person>;

/** What the page needs to know before anything else. */
export const SessionState = z.object({
  /** True until the first administrator exists. */
  needsSetup: z.boolean(),
  person: Person.nullable(),
  can: z.object({ createAgents: z.boolean(), administer: z.boolean() }),
});
export type SessionState = z.infer<typeof SessionState>;

export const Password = z.string().min(10, 'Use at least 10 characters.').max(200);

/** The first administrator, made with the one-time token that the hub prints at its first start. */
export const SetUpInput = z.strictObject({
  token: z.string().min(1).max(200),
  name: PersonName,
  email: z.email().max(200),
  password: Password,
});
export type SetUpInput = z.infer<typeof SetUpInput>;

export const SignInInput = z.strictObject({ email: z.email().max(200), password: z.string().min(1).max(200) });
export type SignInInput = z.infer<typeof SignInInput>;

export const CreateInvitationInput = z.strictObject({ email: z.email().max(200), role: Role });
export type CreateInvitationInput = z.infer<typeof CreateInvitationInput>;
export const Invitation = z.object({
  id: Identifier,
  email: z.string(),
  role: Role,
  expiresAt: Timestamp,
  acceptedAt: Timestamp.nullable(),
  createdAt: Timestamp,
});
export type Invitation = z.infer<typeof Invitation>;
/** Only the answer to its creation has the link's token. */
export const CreatedInvitation = Invitation.extend({ token: z.string() });
export type CreatedInvitation = z.infer<typeof CreatedInvitation>;
export const AcceptInvitationInput = z.strictObject({
  token: z.string().min(1).max(200),
  name: PersonName,
  password: Password,
});
export type AcceptInvitationInput = z.infer<typeof AcceptInvitationInput>;

/** A person made by the command line, without an invitation. */
export const CreatePersonInput = z.strictObject({
  name: PersonName,
  email: z.email().max(200),
  password: Password,
  role: Role,
});
export type CreatePersonInput = z.infer<typeof CreatePersonInput>;

export const UpdatePersonInput = z.strictObject({ role: Role });
export type UpdatePersonInput = z.infer<typeof UpdatePersonInput>;

/** What people change about themselves; the e-mail address stays as it is. */
export const UpdateProfileInput = z.strictObject({ name: PersonName });
export type UpdateProfileInput = z.infer<typeof UpdateProfileInput>;

export const ChangePasswordInput = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: Password,
});
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

/** A browser in which a person is signed in. */
export const SignedInBrowser = z.object({
  id: Identifier,
  /** The one that asks. */
  isCurrent: z.boolean(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: Timestamp,
  /** When it was last seen; to the day, as that is how often a session is prolonged. */
  seenAt: Timestamp,
});
export type SignedInBrowser = z.infer<typeof SignedInBrowser>;
export const SignedInBrowsers = z.object({ items: z.array(SignedInBrowser) });
export type SignedInBrowsers = z.infer<typeof SignedInBrowsers>;

/** What the link to a new password is for. */
export const PasswordReset = z.object({ name: z.string(), email: z.string(), expiresAt: Timestamp });
export type PasswordReset = z.infer<typeof PasswordReset>;
/** Only the answer to its creation has the link's token. */
export const CreatedPasswordReset = PasswordReset.extend({ token: z.string() });
export type CreatedPasswordReset = z.infer<typeof CreatedPasswordReset>;
export const ResetPasswordInput = z.strictObject({ token: z.string().min(1).max(200), password: Password });
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>;
