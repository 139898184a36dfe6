import { z } from 'zod';

/** Postgres takes no null character in a text; with a mark in its place, nothing is found. */
const withoutNull = (text: string) => text.replaceAll('\0', '\ufffd');

/** What a list is searched for. */
export const SearchText = z.string().trim().max(200).overwrite(withoutNull);

/** An identifier made by the hub (UUID version 7, RFC 9562), or a foreign one that will simply not be found. */
export const Identifier = z.string().min(1).max(64).overwrite(withoutNull);

/** The public name of an agent in addresses and as `model` of the OpenAI door. */
export const Handle = z
  .string()
  .min(2)
  .max(48)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens, such as "token-analyst".');

/** An agent's handle or identifier in a path. */
export const AgentReference = z.string().min(1).max(64).overwrite(withoutNull);

/** The short name of a toolset, unique among those of its owner. */
export const ToolsetSlug = z
  .string()
  .min(2)
  .max(40)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens, such as "price-feed".');

/** A tool of the catalogue (`calculator`), or one of a toolset (`price-feed/getPrice`). */
export const ToolIdentifier = z
  .string()
  .regex(/^[a-z0-9-]{2,64}(?:\/[a-zA-Z0-9_.-]{1,64})?$/, 'Write a tool as "calculator" or "toolset/tool".');

/** How tools that are agents are named: `agent/<handle>`. */
export const agentToolPrefix = 'agent/';

/** Whether a tool is one of a toolset. */
export const isToolsetTool = (id: string) => id.includes('/') && !id.startsWith(agentToolPrefix);

/** RFC 3339 time stamp in UTC. */
export const Timestamp = z.iso.datetime();
