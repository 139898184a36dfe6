import type { Actor } from '#server/contract/actor.ts';
import type { AgentEmbed, EmbedSettings } from '#server/contract/embed.ts';
import type { EmbedPorts } from './embed-ports.ts';
import type { EmbedRepository } from './embed-repository.ts';

/** Off, and nothing of it said yet. */
const noSettings: EmbedSettings = {
  isEnabled: false,
  origins: [],
  maximumUsdPerMonth: null,
  maximumRunsPerMonth: null,
  maximumMessages: 50,
  color: null,
  position: 'right',
};

/** What an agent's owner decides about other sites that show it. */
export function createEmbedEditor({ repository, ports }: { repository: EmbedRepository; ports: EmbedPorts }) {
  async function present(agent: { id: string; ownerId: string }, settings: EmbedSettings): Promise<AgentEmbed> {
    const month = ports.toMonth(ports.now());
    const [shared, used] = await Promise.all([ports.findShared(agent.id), repository.sumUse(agent, month)]);
    return { ...settings, isShared: shared !== null, used, renewsAt: month.to.toISOString() };
  }

  return {
    /** @throws {HubError} `not_found`, `forbidden` */
    getEmbed: async (actor: Actor, reference: string): Promise<AgentEmbed> => {
      const agent = await ports.getOwn(actor, reference);
      return present(agent, (await repository.findSettings(agent.id)) ?? noSettings);
    },

    /** @throws {HubError} `not_found`, `forbidden` */
    setEmbed: async (actor: Actor, reference: string, settings: EmbedSettings): Promise<AgentEmbed> => {
      const agent = await ports.getOwn(actor, reference);
      await repository.saveSettings(agent.id, { ...settings, origins: [...new Set(settings.origins)] });
      return present(agent, (await repository.findSettings(agent.id)) ?? noSettings);
    },
  };
}
