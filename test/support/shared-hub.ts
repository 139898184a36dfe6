import type { APIRequestContext } from 'playwright-core';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';
import { startBuiltHub } from './start-built-hub.ts';

const tooLate = 408;
const mostTries = 5;
export const password = 'correct horse battery';

/** What the tests' processes are told of the hub that they share: where it is, and the cookie of its administrator. */
type SharedHub = { url: string; cookie: string };

declare module 'vitest' {
  interface ProvidedContext {
    sharedHub: SharedHub;
  }
}

/** Starts one hub for all browser tests that need nothing of it but a person of their own; hands back how it is stopped. */
export async function provideSharedHub(project: TestProject): Promise<() => Promise<void>> {
  const hub = await startBuiltHub({ variables: { HUB_RATE_LIMIT: 'off' } });
  const token = new URL(hub.setUpLink).searchParams.get('token');
  const setUp = () =>
    fetch(`${hub.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: hub.url },
      body: JSON.stringify({ token, name: 'Grace', email: 'grace@example.org', password }),
    });
  let answer = await setUp();
  // On a machine that does much else the hub may give up on a request before it was given time to read it.
  for (let tries = 1; answer.status === tooLate && tries < mostTries; tries += 1) answer = await setUp();
  if (!answer.ok) throw new Error(`The shared hub has no administrator: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  project.provide('sharedHub', { url: hub.url, cookie });
  return hub.stop;
}

let joined = 0;

/** Has somebody join the shared hub as a creator, signed in with this context: nobody else's things are seen by them. */
export async function joinSharedHub(request: APIRequestContext): Promise<string> {
  const { url, cookie } = inject('sharedHub');
  const email = `ada-${process.pid}-${(joined += 1)}@example.org`;
  const invited = await fetch(`${url}/api/invitations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify({ email, role: 'creator' }),
  });
  const { token } = z.object({ token: z.string() }).parse(await invited.json());
  const data = { token, name: 'Ada', password };
  const accepted = await request.post(`${url}/api/invitations/accept`, { data, headers: { origin: url } });
  if (!accepted.ok()) throw new Error(`Nobody joined the shared hub: ${await accepted.text()}`);
  return url;
}
