import { z } from 'zod';

/** Postgres takes no null character in a text, so one in an address must not reach it. */
const plain = /^[^\0]*$/;

/** An identifier made by the hub (UUID version 7, RFC 9562), or a foreign one that will simply not be found. */
export const Identifier = z.string().min(1).max(64).regex(plain, 'This cannot be an identifier.');

/** The public name of an agent in addresses and as `model` of the OpenAI door. */
export const Handle = z
  .string()
  .min(2)
  .max(48)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens, such as "token-analyst".');

/** An agent's handle or identifier in a path. */
export const AgentReference = z.string().min(1).max(64).regex(plain, 'This cannot be a handle or an identifier.');

/** RFC 3339 time stamp in UTC. */
export const Timestamp = z.iso.datetime();
