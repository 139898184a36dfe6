import { z } from 'zod';
import { CategorySlug, HubAgent } from './hub.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { NamedAgent } from './run-event.ts';

export const ReportReason = z.enum(['harmful', 'misleading', 'spam', 'rights', 'broken', 'other']);
export type ReportReason = z.infer<typeof ReportReason>;

export const ReportInput = z.strictObject({ reason: ReportReason, text: z.string().trim().max(2000).default('') });
export type ReportInput = z.infer<typeof ReportInput>;

/** What a person told the administrators about an agent. */
export const HubReport = z.object({
  id: Identifier,
  agent: NamedAgent,
  reporter: z.string(),
  reason: ReportReason,
  text: z.string(),
  createdAt: Timestamp,
});
export type HubReport = z.infer<typeof HubReport>;

const Reason = z.string().trim().max(500).default('');

/** `unlist` takes the agent off the hub and settles all reports of it. */
export const ReportOutcome = z.strictObject({ outcome: z.enum(['dismiss', 'unlist']), reason: Reason });
export type ReportOutcome = z.infer<typeof ReportOutcome>;

/** Whether an agent may stand on the hub; `reason` is told to its owner. */
export const ListingDecision = z.strictObject({ outcome: z.enum(['approve', 'refuse']), reason: Reason });
export type ListingDecision = z.infer<typeof ListingDecision>;

/** An agent that asks to stand on the hub, or was refused. */
export const ListingRequest = HubAgent.extend({ listing: z.enum(['waiting', 'refused']), refusal: z.string() });
export type ListingRequest = z.infer<typeof ListingRequest>;

export const mostFeatured = 12;
/** Identifiers or handles of agents on the hub, in order. */
export const FeaturedInput = z.strictObject({ agents: z.array(z.string().min(1).max(64)).max(mostFeatured) });
export type FeaturedInput = z.infer<typeof FeaturedInput>;

export const HubSettings = z.strictObject({
  /** Agents that were not on the hub before wait until an administrator approves them. */
  reviewNewAgents: z.boolean(),
});
export type HubSettings = z.infer<typeof HubSettings>;

const CategoryName = z.object({ en: z.string().trim().min(1).max(40), zh: z.string().trim().min(1).max(40) });
export const CreateCategoryInput = z.strictObject({ slug: CategorySlug, name: CategoryName });
export type CreateCategoryInput = z.infer<typeof CreateCategoryInput>;
/** What is left out stays as it is. */
export const UpdateCategoryInput = z.strictObject({ name: CategoryName.optional(), hidden: z.boolean().optional() });
export type UpdateCategoryInput = z.infer<typeof UpdateCategoryInput>;
