import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ContractAddress, Devnet, DevnetPayment, DevnetPaymentInput, DevnetSource } from '#server/contract/devnet.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { untilLeft } from '#server/until-left.ts';
import type { DevnetService } from './devnet-service.ts';

const tags = ['chains'];
const config = { access: 'administrator' } as const;

/** The chain that the hub runs itself: how it is, what stands on it, and its start, stop and reset. */
export function devnetRoutes({ devnet }: { devnet: DevnetService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/chains/devnet',
      {
        config,
        schema: {
          operationId: 'getDevnet',
          tags,
          summary: 'How the devnet is: a chain that the hub runs itself, with accounts and contracts to try things out',
          description:
            'Nothing on it is real money. It has 90 simulated days behind it, the same on every hub. Accounts and contracts are listed once it ran.',
          response: { 200: Devnet },
        },
      },
      async () => devnet.get(),
    );

    app.get(
      '/api/chains/devnet/contracts/:address',
      {
        config,
        schema: {
          operationId: 'getDevnetContract',
          tags,
          summary: 'What a contract of the devnet was made from: its interface, source and the compiler’s metadata',
          params: z.object({ address: ContractAddress }),
          response: { 200: DevnetSource, ...problemResponses(404) },
        },
      },
      async (request, reply) => devnet.getSource(request.params.address, untilLeft(reply.raw)),
    );

    app.post(
      '/api/chains/devnet/payments',
      {
        config,
        schema: {
          operationId: 'payOnDevnet',
          tags,
          summary: 'Pays on the devnet from one of its accounts, so that something happens that alerts can tell',
          description: 'The payment is mined at once, and then as many blocks on top of it as you wish.',
          body: DevnetPaymentInput,
          response: { 201: DevnetPayment, ...problemResponses(503) },
        },
      },
      async (request, reply) => {
        const made = await devnet.pay(request.body, untilLeft(reply.raw));
        const { from, to, amount } = request.body;
        request.act = { kind: 'devnet-pay', target: { name: 'Devnet' }, detail: { from, to, amount } };
        return reply.code(201).send(made);
      },
    );

    const acts = [
      {
        verb: 'start',
        operationId: 'startDevnet',
        summary: 'Starts the devnet; it also starts by itself when an agent reads it',
        description:
          'Answers at once. The first start compiles its contracts and makes its simulated days: ask how it is.',
        perform: devnet.start,
        kind: 'devnet-start',
      },
      {
        verb: 'stop',
        operationId: 'stopDevnet',
        summary: 'Stops the devnet; what happened on it is kept',
        description: 'Answers when it has ended. A start that is under way is given up.',
        perform: devnet.stop,
        kind: 'devnet-stop',
      },
      {
        verb: 'reset',
        operationId: 'resetDevnet',
        summary: 'Starts the devnet anew, right after its simulated days',
        description: 'All that happened on it since is lost. Answers while it starts: ask how it is.',
        perform: devnet.reset,
        kind: 'devnet-reset',
      },
    ] as const;
    for (const { verb, operationId, summary, description, perform, kind } of acts) {
      app.post(
        `/api/chains/devnet/${verb}`,
        {
          config,
          schema: { operationId, tags, summary, description, response: { 200: Devnet, ...problemResponses(503) } },
        },
        async (request) => {
          const changed = await perform();
          request.act = { kind, target: { name: 'Devnet' }, detail: { chainId: changed.chainId } };
          return changed;
        },
      );
    }
  };
}
