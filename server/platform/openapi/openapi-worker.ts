import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import type { SourceText } from './document-set.ts';
import { type DescriptionOutcome, readDescription } from './read-description.ts';

export type OpenApiTask = { sources: SourceText[] };

serveTasks(async ({ sources }: OpenApiTask): Promise<DescriptionOutcome> => readDescription(sources));
