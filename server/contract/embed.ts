import { z } from 'zod';
import { AgentDefinition, AgentVariable, Avatar } from './agent-definition.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { pageOf } from './page.ts';
import { Artifact, RunStatus, Source } from './run-event.ts';

/** The header that carries a visitor's token. */
export const embedTokenHeader = 'x-embed-session';

const host = String.raw`[a-z0-9-]+(?:\.[a-z0-9-]+)*`;
const port = String.raw`(?::\d{1,5})?`;
const originForm = new RegExp(
  [
    `^https://${host}${port}$`,
    String.raw`^https://\*\.[a-z0-9-]+\.${host}${port}$`,
    String.raw`^http://(?:localhost|127\.0\.0\.1)${port}$`,
  ].join('|'),
);

/** What is written as a browser writes it: a host in small ASCII letters, no usual port, no slash at the end. */
function toOrigin(text: string): string {
  const trimmed = text.trim();
  if (trimmed.includes('*') || !URL.canParse(trimmed)) return trimmed.toLowerCase();
  const { origin, username, pathname, search, hash } = new URL(trimmed);
  return username + search + hash === '' && pathname === '/' ? origin : trimmed;
}

/** A site that may show an agent, as `frame-ancestors` of CSP 3 takes it. `*` stands for any names before a domain. */
export const EmbedOrigin = z
  .string()
  .max(300)
  .overwrite(toOrigin)
  .regex(
    originForm,
    'Write a site as "https://example.org", "https://*.example.org" or "http://localhost:8080", without a path.',
  );

/** Whether a site is among those that may show an agent. */
export function isAllowedSite(origins: readonly string[], site: string): boolean {
  return origins.some((origin) => {
    if (!origin.includes('*')) return origin === site;
    const [scheme = '', domain = ''] = origin.split('*');
    return site.startsWith(scheme) && site.endsWith(domain) && site.length > origin.length - 1;
  });
}

export const EmbedColor = z.string().regex(/^#[0-9a-f]{6}$/i, 'Write a colour as "#0b6457".');
export const EmbedPosition = z.enum(['right', 'left']);
export type EmbedPosition = z.infer<typeof EmbedPosition>;

const settings = z.strictObject({
  isEnabled: z.boolean(),
  origins: z.array(EmbedOrigin).max(20),
  /** What visitors' runs may cost in a calendar month (UTC). Runs of unknown price count against the runs only. */
  maximumUsdPerMonth: z.number().positive().max(1_000_000).nullable(),
  maximumRunsPerMonth: z.number().int().min(1).max(10_000_000).nullable(),
  /** What one visitor may ask in one visit. */
  maximumMessages: z.number().int().min(1).max(500).default(50),
  /** Of the button; null: the colour of the agent's portrait. */
  color: EmbedColor.nullable().default(null),
  position: EmbedPosition.default('right'),
});

/** Whether and where other sites may show an agent, and what that may cost its owner. */
export const EmbedSettings = settings
  .refine(({ isEnabled, origins }) => !isEnabled || origins.length > 0, {
    message: 'Name at least one site that may show the agent.',
    path: ['origins'],
  })
  .refine(({ isEnabled, maximumUsdPerMonth }) => !isEnabled || maximumUsdPerMonth !== null, {
    message: 'Say what visitors may cost in a month.',
    path: ['maximumUsdPerMonth'],
  })
  .refine(({ isEnabled, maximumRunsPerMonth }) => !isEnabled || maximumRunsPerMonth !== null, {
    message: 'Say how many answers visitors may get in a month.',
    path: ['maximumRunsPerMonth'],
  });
export type EmbedSettings = z.infer<typeof EmbedSettings>;

/** The settings as its owner sees them, with what visitors used this month. */
export const AgentEmbed = settings.extend({
  /** Whether it is published with a link that others may open; else nobody is shown it. */
  isShared: z.boolean(),
  used: z.object({ conversations: z.number().int(), runs: z.number().int(), costUsd: z.number() }),
  /** When the month's count starts anew. */
  renewsAt: Timestamp,
});
export type AgentEmbed = z.infer<typeof AgentEmbed>;

/** What a site and its visitors are told of an agent before anything is said. */
export const EmbedOpening = z.object({
  agent: z.object({
    handle: z.string(),
    name: z.string(),
    tagline: z.string(),
    avatar: Avatar,
    /** All texts in other languages, by the tag; an empty one is as the agent has it. */
    translations: AgentDefinition.shape.translations.unwrap(),
  }),
  message: z.string(),
  starters: z.array(z.string()),
  variables: z.array(AgentVariable),
  color: z.string().nullable(),
  position: EmbedPosition,
  maximumMessages: z.number().int(),
});
export type EmbedOpening = z.infer<typeof EmbedOpening>;

/** `site`: the origin of the page that shows the agent, as the frame knows it; null where the browser does not say. */
export const BeginVisitInput = z.strictObject({ site: z.string().max(300).nullable() });
export const EmbedVisit = z.object({ token: z.string() });

/** A visitor's message, or `again`: the last one is answered once more. */
export const VisitRunInput = z
  .strictObject({
    input: z.string().trim().min(1).max(8000).optional(),
    again: z.literal(true).optional(),
    variables: z.record(z.string().max(40), z.string().max(2000)).default({}),
  })
  .refine(({ input, again }) => (input === undefined) !== (again === undefined), {
    message: 'Send "input", or "again" to have the last message answered once more.',
    path: ['input'],
  });
export type VisitRunInput = z.infer<typeof VisitRunInput>;

/** A message without what led to it: what tools were told and brought may be private. */
export const VisitMessage = z.object({
  id: Identifier,
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  status: RunStatus.nullable(),
  sources: z.array(Source),
  artifacts: z.array(Artifact),
});
export type VisitMessage = z.infer<typeof VisitMessage>;

/** What was said in a visit, newest first; the run that is under way in it, and how much may still be asked. */
export const VisitConversation = pageOf(VisitMessage).extend({
  activeRun: Identifier.nullable(),
  messagesLeft: z.number().int(),
});
export type VisitConversation = z.infer<typeof VisitConversation>;
