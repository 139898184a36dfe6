import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HubReview } from '#server/contract/hub.ts';
import type { Page } from '#server/contract/page.ts';
import type { Problem } from '#server/contract/problem.ts';
import { ask, createPublished } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { putOnHub, readHubAgent, use } from '#test/support/hub-shelf.ts';

let hub: TestApp;
let boss: TestPerson;
let ada: TestPerson;
let bob: TestPerson;
let eve: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  boss = await hub.createPerson({ name: 'Boss' });
  ada = await hub.createPerson({ name: 'Ada' });
  bob = await hub.createPerson({ name: 'Bob', role: 'member' });
  eve = await hub.createPerson({ name: 'Eve' });
});
afterAll(() => hub.close());

const write = (person: TestPerson, agent: string, payload: object) =>
  ask<HubReview & Problem>(person, { method: 'PUT', url: `/api/hub/agents/${agent}/review`, payload });
const takeBack = (person: TestPerson, agent: string) =>
  ask(person, { method: 'DELETE', url: `/api/hub/agents/${agent}/review` });
const list = async (person: TestPerson, agent: string, query = '') =>
  (await ask<Page<HubReview>>(person, { url: `/api/hub/agents/${agent}/reviews${query}` })).body;
const answer = (person: TestPerson, review: string, text: string) =>
  ask<HubReview & Problem>(person, { method: 'PUT', url: `/api/hub/reviews/${review}/answer`, payload: { text } });

describe('a review', () => {
  it('is written only by people who used the agent, and not by its owner', async () => {
    const { id } = await putOnHub(ada, 'Reviewed');
    expect(await write(bob, id, { stars: 5 })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await readHubAgent(bob, id)).body.can.review).toBe(false);
    await use(bob, id);
    await use(ada, id);
    expect((await readHubAgent(bob, id)).body.can.review).toBe(true);
    expect((await write(ada, id, { stars: 5 })).status).toBe(403);
    for (const payload of [{ stars: 0 }, { stars: 6 }, { stars: 4.5 }, {}, { stars: 3, text: 'x'.repeat(2001) }]) {
      expect([payload, (await write(bob, id, payload)).status]).toEqual([payload, 400]);
    }
    expect(await write(bob, id, { stars: 4, text: ' Counts\u202e well. ' })).toMatchObject({
      status: 200,
      body: { author: 'Bob', stars: 4, text: 'Counts well.', version: 1, answer: null },
    });
  });

  it('is one a person: it is changed, taken back, and moves the rating each time', async () => {
    const { id } = await putOnHub(ada, 'Rated');
    for (const person of [bob, eve]) await use(person, id);
    const rating = async () => (await readHubAgent(bob, id)).body.rating;
    await Promise.all([write(bob, id, { stars: 1, text: 'Wrong.' }), write(eve, id, { stars: 4 })]);
    expect(await rating()).toEqual({ average: 2.5, count: 2 });
    await write(bob, id, { stars: 5, text: 'Right now.' });
    expect(await rating()).toEqual({ average: 4.5, count: 2 });
    expect((await readHubAgent(bob, id)).body.myReview).toMatchObject({ stars: 5, text: 'Right now.' });
    expect((await list(ada, id)).items.map(({ author }) => author)).toEqual(['Bob', 'Eve']);
    const first = await list(ada, id, '?limit=1');
    expect((await list(ada, id, `?limit=1&cursor=${first.nextCursor}`)).items[0]?.author).toBe('Eve');
    expect((await takeBack(bob, id)).status).toBe(204);
    expect((await takeBack(bob, id)).status).toBe(404);
    expect(await rating()).toEqual({ average: 4, count: 1 });
  });

  it('is answered once, by the owner alone', async () => {
    const { id } = await putOnHub(ada, 'Answered');
    await use(bob, id);
    const review = (await write(bob, id, { stars: 2, text: 'Slow.' })).body;
    expect((await answer(eve, review.id, 'Mine?')).status).toBe(403);
    expect((await answer(ada, 'no-such-review', 'Hm.')).status).toBe(404);
    expect((await list(ada, id)).items[0]?.can).toEqual({ answer: true, remove: false });
    expect((await answer(ada, review.id, '')).status).toBe(400);
    expect((await answer(ada, review.id, 'It is faster now.')).body.answer?.text).toBe('It is faster now.');
    expect((await answer(ada, review.id, 'Again.')).status).toBe(409);
    expect((await list(bob, id)).items[0]).toMatchObject({ answer: { text: 'It is faster now.' } });
  });

  it('is removed by administrators, which moves the rating too', async () => {
    const { id } = await putOnHub(ada, 'Moderated');
    const mallory = await hub.createPerson({ name: 'Mallory' });
    for (const person of [bob, mallory]) await use(person, id);
    const review = (await write(bob, id, { stars: 1, text: 'Buy at example.org' })).body;
    await write(mallory, id, { stars: 1 });
    const remove = (person: TestPerson) => ask(person, { method: 'DELETE', url: `/api/hub/reviews/${review.id}` });
    expect((await remove(eve)).status).toBe(403);
    expect((await list(boss, id)).items.map(({ can }) => can.remove)).toEqual([true, true]);
    expect([(await remove(boss)).status, (await remove(boss)).status]).toEqual([204, 404]);
    expect((await readHubAgent(bob, id)).body.rating.count).toBe(1);
  });

  it('is neither read nor written where the agent cannot be seen', async () => {
    const { id } = await createPublished(ada, { name: 'Kept', visibility: 'private' });
    expect((await ask(bob, { url: `/api/hub/agents/${id}/reviews` })).status).toBe(404);
    expect((await write(bob, id, { stars: 5 })).status).toBe(404);
  });

  it('is limited in how often it is written', async () => {
    const limited = await buildTestApp({ rateLimit: { enabled: true } });
    const person = await limited.createPerson();
    const statuses = [];
    for (let count = 0; count < 21; count += 1) statuses.push((await write(person, 'none', { stars: 5 })).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([404, 429]);
    await limited.close();
  });
});
