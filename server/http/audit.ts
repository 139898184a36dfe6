import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Actor } from '#server/contract/actor.ts';
import type { Act } from '#server/contract/audit.ts';
import './request-types.ts';

type KeepAct = (actor: Actor, act: Act, address: string) => Promise<void>;

/** Keeps what a route says that an administrator did (`request.act`), before the answer leaves; a refused request did nothing. */
export function audit({ keepAct }: { keepAct: KeepAct }) {
  const plugin: FastifyPluginAsync = async (app) => {
    app.decorateRequest('act', null);
    app.addHook('onSend', async (request, reply) => {
      const { act } = request;
      request.act = null;
      if (act !== null && reply.statusCode < 400) await keepAct(request.actor, act, request.ip);
    });
  };
  return fastifyPlugin(plugin, { name: 'atrium-audit', fastify: '5.x' });
}
