import type { Alert, AlertFiringPage, AlertWithSecret } from '#server/contract/alert.ts';
import type { Page } from '#server/contract/page.ts';
import type { Problem } from '#server/contract/problem.ts';
import { ask } from './agent-requests.ts';
import { buildTestApp, type TestPerson } from './build-test-app.ts';
import { startLocalServer } from './local-server.ts';
import { startAnvil } from './start-anvil.ts';

type Post = { headers: Record<string, string>; body: string };
export type AlertHub = Awaited<ReturnType<typeof openAlertHub>>;

export const ether = (whole: number) => `0x${(BigInt(whole) * 10n ** 18n).toString(16)}`;

export const postAlert = (person: TestPerson, payload: object) =>
  ask<AlertWithSecret & Problem>(person, { method: 'POST', url: '/api/alerts', payload });

/** A hub with a clock that only the test moves, a chain of its own (`ethereum`), and a server that keeps what it is told. */
export async function openAlertHub() {
  let clock = new Date();
  const received: Post[] = [];
  const chain = await startAnvil({ chainId: 1 });
  const receiver = await startLocalServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(parts).toString() });
      response.writeHead(204).end();
    });
  });
  const options = {
    now: () => clock,
    variables: { HUB_RPC_URLS: JSON.stringify({ ethereum: chain.url }), HUB_EGRESS_ALLOW: receiver.entry },
  };
  const hub = await buildTestApp(options);
  const ada = await hub.createPerson({ name: 'Ada' });
  const passTime = (seconds: number) => {
    clock = new Date(clock.getTime() + seconds * 1000);
  };
  return {
    ...{ hub, ada, chain, receiver, received, passTime },
    /** With which another process of the same hub is built. */
    options,
    create: async (payload: object): Promise<AlertWithSecret> => {
      const { status, body } = await postAlert(ada, { name: 'Watch', ...payload });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body;
    },
    listFirings: async (query = '') =>
      (await ask<AlertFiringPage>(ada, { url: `/api/alert-firings?limit=100${query}` })).body,
    /** A look some time later: heads of chains are kept for a moment. */
    look: async (seconds = 20, at: Pick<typeof hub, 'services'> = hub) => {
      passTime(seconds);
      await at.services.alerts.workOnce();
    },
    mine: (blocks: number) => chain.request('anvil_mine', [`0x${blocks.toString(16)}`]),
    /** Begins anew: no alert, nothing told. */
    clear: async () => {
      received.splice(0);
      for (const { id } of (await ask<Page<Alert>>(ada, { url: '/api/alerts?limit=100' })).body.items)
        await ada.inject({ method: 'DELETE', url: `/api/alerts/${id}` });
    },
    close: async () => {
      await hub.close();
      await chain.close();
      await receiver.close();
    },
  };
}
