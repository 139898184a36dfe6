import type { Actor } from '#server/contract/actor.ts';
import type { Visibility } from '#server/contract/agent-definition.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import type { ConversationService } from '#server/features/conversations/conversation-service.ts';
import type { EmbedPorts, ShowEvent, VisitRun } from '#server/features/embeds/embed-ports.ts';
import { createEmbedRepository } from '#server/features/embeds/embed-repository.ts';
import { createEmbedService } from '#server/features/embeds/embed-service.ts';
import type { FileService } from '#server/features/files/file-service.ts';
import type { StartedRun } from '#server/features/runs/open-run.ts';
import { toRunFrames } from '#server/features/runs/run-routes.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import { toMonth } from '#server/features/usage/calendar-month.ts';
import type { Database } from '#server/platform/database.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'getDraft' | 'findRunnable' | 'readAvatar'>;
  runs: Pick<RunService, 'start' | 'open' | 'cancel' | 'findActiveRun'>;
  conversations: Pick<ConversationService, 'listShown' | 'forget'>;
  files: Pick<FileService, 'open'>;
  sign: EmbedPorts['sign'];
  now: () => Date;
};

/** Who has no account sees what is shared with everybody. */
const nobody: Actor = { userId: '', name: '', role: 'member', key: null };

/** To whom an agent is shared that strangers may talk to. */
const forStrangers = new Set<Visibility>(['link', 'hub']);

const toVisitRun = (run: StartedRun, show: ShowEvent): VisitRun => ({
  id: run.id,
  toFrames: (after, signal) => toRunFrames(run, after, signal, show),
});

/** The wiring of agents that other sites show. */
export function openEmbeds({ database, agents, runs, conversations, files, sign, now }: Needs) {
  const ports: EmbedPorts = {
    getOwn: async (actor, reference) => {
      const { id, ownerId } = await agents.getDraft(actor, reference);
      return { id, ownerId: ownerId ?? actor.userId };
    },
    findShared: async (reference) => {
      const found = await agents.findRunnable(nobody, reference);
      if (found === null || found.ownerId === null || !forStrangers.has(found.definition.access.visibility))
        return null;
      return { id: found.id, handle: found.handle, ownerId: found.ownerId, definition: found.definition };
    },
    readAvatar: (agentId) => agents.readAvatar(nobody, agentId),
    startRun: async (actor, agent, input, { show, ...options }) => {
      const rest = { files: [], stream: true, budget: {}, metadata: {} };
      return toVisitRun(await runs.start(actor, agent, { ...input, ...rest }, { ...options, source: 'embed' }), show);
    },
    openRun: async (actor, run, show) => toVisitRun(await runs.open(actor, run), show),
    cancelRun: runs.cancel,
    findActiveRun: runs.findActiveRun,
    listMessages: conversations.listShown,
    forgetConversation: conversations.forget,
    openFile: files.open,
    sign,
    toMonth,
    now,
  };
  return createEmbedService({ repository: createEmbedRepository({ database }), ports });
}
