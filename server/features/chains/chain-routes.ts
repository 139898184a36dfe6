import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import { AddEndpointInput, Chain, ChainId, CreateChainInput, UpdateChainInput } from '#server/contract/chain.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { untilLeft } from '#server/until-left.ts';
import type { ChainService } from './chain-service.ts';

const tags = ['chains'];
const config = { access: 'administrator' } as const;
const params = z.object({ chain: ChainId });

const describe = ({ id, name, explorerUrl }: Chain) => ({ chainId: id, name, explorerUrl });

/** The chains that agents read, and the RPC endpoints through which they do. */
export function chainRoutes({ chains }: { chains: ChainService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/chains',
      {
        config,
        schema: {
          operationId: 'listChains',
          tags,
          summary: 'The chains that agents can read, how their RPC endpoints are, and what these were asked',
          description:
            'As this process of the hub last saw them; `check` names a chain whose endpoints are asked first, but for those that rest after a fault. The URLs of endpoints are never shown.',
          querystring: z.object({ check: ChainId.optional() }),
          response: { 200: z.object({ items: z.array(Chain) }) },
        },
      },
      async (request, reply) => ({ items: await chains.listChains(request.query.check ?? null, untilLeft(reply.raw)) }),
    );

    app.post(
      '/api/chains',
      {
        config,
        schema: {
          operationId: 'createChain',
          tags,
          summary: 'Adds an EVM chain with its first RPC endpoint, which is asked for its chain id',
          description: 'The URL is stored sealed. It must be public, or allowed by the operator (HUB_EGRESS_ALLOW).',
          body: CreateChainInput,
          response: { 201: Chain, ...problemResponses(400, 409) },
        },
      },
      async (request, reply) => {
        const { name, id, url } = request.body;
        const chain = await chains.createChain(request.body, untilLeft(reply.raw));
        request.act = { kind: 'chain-create', target: { name }, detail: { chainId: id, host: new URL(url).host } };
        return reply.code(201).send(chain);
      },
    );

    app.patch(
      '/api/chains/:chain',
      {
        config,
        schema: {
          operationId: 'updateChain',
          tags,
          summary: 'Changes the name or explorer of a chain that was added',
          params,
          body: UpdateChainInput,
          response: { 200: Chain, ...problemResponses(404, 409) },
        },
      },
      async (request, reply) => {
        const { chain: id } = request.params;
        const signal = untilLeft(reply.raw);
        const before = (await chains.listChains(null, signal)).find((one) => one.id === id);
        const chain = await chains.updateChain(id, request.body, signal);
        const change = toChange(before === undefined ? {} : describe(before), describe(chain));
        request.act = { kind: 'chain-update', target: { name: chain.name }, ...change };
        return chain;
      },
    );

    app.delete(
      '/api/chains/:chain',
      {
        config,
        schema: {
          operationId: 'deleteChain',
          tags,
          summary: 'Removes a chain that was added, with its endpoints',
          params,
          response: { 204: z.null(), ...problemResponses(404, 409) },
        },
      },
      async (request, reply) => {
        const { name } = await chains.removeChain(request.params.chain);
        request.act = { kind: 'chain-delete', target: { name }, detail: { chainId: request.params.chain } };
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/chains/:chain/endpoints',
      {
        config,
        schema: {
          operationId: 'addChainEndpoint',
          tags,
          summary: 'Adds an RPC endpoint to a chain; it is asked before the public ones',
          description: 'Its chain id is checked. The URL is stored sealed and never shown again.',
          params,
          body: AddEndpointInput,
          response: { 201: Chain, ...problemResponses(400, 404, 409) },
        },
      },
      async (request, reply) => {
        const { url } = request.body;
        const chain = await chains.addEndpoint(request.params.chain, url, untilLeft(reply.raw));
        const detail = { chainId: chain.id, host: new URL(url).host };
        request.act = { kind: 'chain-endpoint-create', target: { name: chain.name }, detail };
        return reply.code(201).send(chain);
      },
    );

    app.delete(
      '/api/chains/:chain/endpoints/:endpoint',
      {
        config,
        schema: {
          operationId: 'deleteChainEndpoint',
          tags,
          summary: 'Removes an RPC endpoint that was added',
          params: params.extend({ endpoint: Identifier }),
          response: { 204: z.null(), ...problemResponses(404, 409) },
        },
      },
      async (request, reply) => {
        const { chain: chainId, endpoint } = request.params;
        const { name, host } = await chains.removeEndpoint(chainId, endpoint);
        request.act = { kind: 'chain-endpoint-delete', target: { name }, detail: { chainId, host } };
        return reply.code(204).send(null);
      },
    );
  };
}
