import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dashboard, DashboardResults, PublicDashboard } from '#server/contract/dashboard.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { QueryChart } from '#server/contract/chart-view.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;
let query: SavedQuery;
let clock = new Date('2026-11-28T10:00:30Z');

const place = { x: 0, y: 0, w: 6, h: 4 };
const view = { kind: 'bar', x: 'sender', y: ['total'] };
const chart = { id: 'chart', kind: 'chart', title: 'By <sender>', place, view };
const hostile = '<script>alert(1)</script> [x](javascript:alert(1))';

const send = async <Answer>(
  person: TestPerson,
  method: 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers = {},
) => {
  const answer = await person.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: (answer.body === '' ? null : answer.json()) as Answer,
  };
};
const get = async <Answer>(person: TestPerson, url: string) => (await person.inject({ url })).json<Answer>();

beforeAll(async () => {
  hub = await buildTestApp({ now: () => clock });
  ada = await hub.createPerson({ name: 'Ada' });
  bob = await hub.createPerson({ name: 'Bob' });
  await uploadDataset(
    ada.inject,
    'transfers.csv',
    'sender,chain,amount\nann,a,10\nben,a,20\n"<script>x</script>",b,30\n',
  );
  const sql =
    "SELECT sender, sum(amount) AS total FROM transfers WHERE {{chain}} IN (chain, 'all') GROUP BY 1 ORDER BY 1";
  const parameters = [{ name: 'chain', type: 'enum', value: 'all', options: ['all', 'a'] }];
  query = (await send<SavedQuery>(ada, 'POST', '/api/queries', { name: 'Totals', sql, parameters })).body;
});
afterAll(() => hub.close());

async function makeDashboard(more: object = {}): Promise<Dashboard> {
  const widgets = [
    { ...chart, query: query.id },
    { id: 'table', kind: 'table', place, query: query.id },
    { id: 'sum', kind: 'counter', place, query: query.id, column: 'total', unit: 'USD' },
    { id: 'text', kind: 'text', place, text: hostile },
  ];
  const { parameters } = query;
  const made = await send<Dashboard>(ada, 'POST', '/api/dashboards', { name: 'Flows', widgets, parameters, ...more });
  expect(made.status).toBe(201);
  return made.body;
}
const refresh = async (id: string, payload: object = {}, person = ada) =>
  (await send<DashboardResults>(person, 'POST', `/api/dashboards/${id}/refresh`, { waitSeconds: 30, ...payload })).body;

describe('a dashboard', () => {
  test('is made, changed by who read its last revision, and deleted', async () => {
    const made = await makeDashboard();
    expect(made).toMatchObject({ name: 'Flows', access: 'private', revision: 1, link: null, can: { edit: true } });
    const url = `/api/dashboards/${made.id}`;
    expect((await send(ada, 'PATCH', url, { name: 'Streams' })).status).toBe(428);
    const changed = await send<Dashboard>(ada, 'PATCH', url, { name: 'Streams' }, { 'if-match': '"1"' });
    expect([changed.status, changed.headers['etag'], changed.body.name]).toEqual([200, '"2"', 'Streams']);
    expect((await send(ada, 'PATCH', url, { name: 'Late' }, { 'if-match': '"1"' })).status).toBe(412);
    const listed = await get<{ items: { id: string; widgetCount: number }[] }>(ada, '/api/dashboards?search=stream');
    expect(listed.items).toMatchObject([{ id: made.id, widgetCount: 4 }]);
    expect((await send(ada, 'DELETE', url)).status).toBe(204);
    expect((await ada.inject({ url })).statusCode).toBe(404);
  });

  test('takes only queries that its owner sees, and says all that is wrong with it', async () => {
    const theirs = await send<SavedQuery>(bob, 'POST', '/api/queries', { name: 'Theirs', sql: 'SELECT 1' });
    const widgets = [
      { ...chart, query: theirs.body.id },
      { ...chart, id: 'other', query: 'nowhere' },
    ];
    const refused = await send<{ errors: { path: string }[] }>(ada, 'POST', '/api/dashboards', { name: 'x', widgets });
    expect([refused.status, refused.body.errors.map(({ path }) => path)]).toEqual([
      400,
      ['body.widgets.0.query', 'body.widgets.1.query'],
    ]);
    const twice = [
      { ...chart, query: query.id },
      { ...chart, query: query.id },
    ];
    expect((await send(ada, 'POST', '/api/dashboards', { name: 'x', widgets: twice })).status).toBe(400);
    const often = { name: 'x', schedule: { cron: '* * * * *', timeZone: 'UTC' } };
    expect(JSON.stringify((await send(ada, 'POST', '/api/dashboards', often)).body)).toContain('body.schedule.cron');
  });

  test('shows others of the hub its results, and nothing where it is private', async () => {
    const { id } = await makeDashboard();
    await refresh(id);
    for (const path of ['', '/results', '/report.pdf', '/widgets/chart.svg'])
      expect((await bob.inject({ url: `/api/dashboards/${id}${path}` })).statusCode).toBe(404);
    await send(ada, 'PATCH', `/api/dashboards/${id}`, { access: 'hub' }, { 'if-match': '*' });
    expect(await get(bob, `/api/dashboards/${id}`)).toMatchObject({ can: { edit: false }, link: null });
    const results = await get<DashboardResults>(bob, `/api/dashboards/${id}/results`);
    expect(results.items.map(({ sql }) => sql)).toEqual([null, null, null]);
    expect(results.items[1]).toMatchObject({
      total: 3,
      rows: [
        ['<script>x</script>', '30'],
        ['ann', '10'],
        ['ben', '20'],
      ],
    });
    expect((await send(bob, 'PATCH', `/api/dashboards/${id}`, { name: 'x' }, { 'if-match': '*' })).status).toBe(403);
    const values = JSON.stringify({ chain: 'a' });
    const offered = await get<DashboardResults>(bob, `/api/dashboards/${id}/results?values=${values}`);
    expect(offered.items[1]).toMatchObject({ total: 2 });
    expect((await bob.inject({ url: `/api/dashboards/${id}/results?values={"chain":"z"}` })).statusCode).toBe(400);
    expect((await bob.inject({ url: `/api/dashboards/${id}/results?values={` })).statusCode).toBe(400);
  });
});

describe('a refresh', () => {
  test('keeps what failed beside what was known, and what a counter said before', async () => {
    const { id } = await makeDashboard();
    const first = await refresh(id);
    expect(first.items.find(({ widget }) => widget === 'sum')).toMatchObject({ previous: null, fault: null });
    const again = await refresh(id);
    expect(again.items.find(({ widget }) => widget === 'sum')).toMatchObject({ previous: '30' });
    await send(ada, 'PATCH', `/api/queries/${query.id}`, { sql: 'SELECT nothing FROM transfers' });
    const failed = await refresh(id);
    expect(failed.items[1]).toMatchObject({ total: 3, fault: expect.stringContaining('nothing') });
    await send(ada, 'PATCH', `/api/queries/${query.id}`, { sql: query.sql, parameters: query.parameters });
  });

  test('comes by itself when it is due, once', async () => {
    const { id, nextRefreshAt } = await makeDashboard({ schedule: { cron: '5 * * * *', timeZone: 'UTC' } });
    expect(nextRefreshAt).toBe('2026-11-28T10:05:00.000Z');
    await hub.services.dashboards.service.refreshDue();
    expect((await get<Dashboard>(ada, `/api/dashboards/${id}`)).isRefreshing).toBe(false);
    clock = new Date('2026-11-28T10:05:10Z');
    await Promise.all([1, 2].map(() => hub.services.dashboards.service.refreshDue()));
    await expect
      .poll(() => get<Dashboard>(ada, `/api/dashboards/${id}`), { timeout: 20_000 })
      .toMatchObject({
        nextRefreshAt: '2026-11-28T11:05:00.000Z',
        refreshedAt: clock.toISOString(),
      });
    expect((await get<DashboardResults>(ada, `/api/dashboards/${id}/results`)).items).toHaveLength(3);
  });
});

describe('a public link', () => {
  test('shows stored results of offered values to everybody, until it is revoked', async () => {
    const { id } = await makeDashboard();
    const { link } = (await send<Dashboard>(ada, 'POST', `/api/dashboards/${id}/link`)).body;
    const url = `/api/public-dashboards/${link}`;
    const empty = await hub.app.inject({ url });
    expect(empty.json<PublicDashboard>().items).toEqual([]);
    await refresh(id);
    const shown = await hub.app.inject({ url: `${url}?values={"chain":"a"}` });
    expect(shown.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
    expect(shown.json<PublicDashboard>().items[1]).toMatchObject({ total: 2, sql: null, reads: [] });
    for (const secret of [query.id, 'FROM transfers', 'Ada', ada.actor.userId, id])
      expect(shown.body).not.toContain(secret);
    expect((await hub.app.inject({ url: `${url}?values={"chain":"z"}` })).statusCode).toBe(400);
    const picture = await hub.app.inject({ url: `${url}/widgets/chart.svg` });
    expect(picture.body).toMatch(/^<svg/);
    expect(picture.body).not.toContain('<script');
    for (const path of ['/widgets/nothing.svg', '/widgets/text.svg', '/refresh', '/report.pdf'])
      expect((await hub.app.inject({ url: url + path })).statusCode).toBeGreaterThanOrEqual(404);
    await send(ada, 'DELETE', `/api/dashboards/${id}/link`);
    expect((await hub.app.inject({ url })).statusCode).toBe(404);
    expect((await hub.app.inject({ url: '/api/public-dashboards/null' })).statusCode).toBe(404);
  });

  test('leads nowhere while sharing is off', async () => {
    const { id } = await makeDashboard();
    const { link } = (await send<Dashboard>(ada, 'POST', `/api/dashboards/${id}/link`)).body;
    const allow = (isAllowed: boolean) =>
      ada.inject({ method: 'PUT', url: '/api/sharing-settings', payload: { isAllowed } });
    await allow(false);
    expect((await hub.app.inject({ url: `/api/public-dashboards/${link}` })).statusCode).toBe(404);
    expect((await send(ada, 'POST', `/api/dashboards/${id}/link`)).status).toBe(403);
    await allow(true);
  });
});

describe('pictures', () => {
  test('a widget is an SVG without scripts and a PNG, a dashboard a report in both languages', async () => {
    const { id } = await makeDashboard();
    await refresh(id);
    const svg = await ada.inject({ url: `/api/dashboards/${id}/widgets/chart.svg` });
    expect(svg.headers['content-security-policy']).toContain('sandbox');
    expect(svg.body).not.toMatch(/<script|<foreignObject|<a |href=/);
    const png = await ada.inject({ url: `/api/dashboards/${id}/widgets/sum.png` });
    expect(png.rawPayload.subarray(1, 4).toString()).toBe('PNG');
    const report = await ada.inject({
      url: `/api/dashboards/${id}/report.pdf`,
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(report.headers['content-type']).toBe('application/pdf');
    for (const words of ['Flows', 'ann', 'SELECT sender'])
      expect(report.body).toContain(Buffer.from(words, 'latin1').toString('hex'));
    expect(report.body).toContain(Buffer.from('上次刷新', 'utf16le').swap16().toString('hex'));
  });

  test('a query keeps charts, drawn of its last result; a result is drawn as it suits it', async () => {
    const url = `/api/queries/${query.id}/charts`;
    const saved = await send<QueryChart>(ada, 'POST', url, { name: 'By sender', view: { ...view, kind: 'pie' } });
    expect((await ada.inject({ url: `${url}/${saved.body.id}.svg` })).body).toContain('By sender');
    const run = await send<Execution>(ada, 'POST', '/api/executions', { query: query.id, waitSeconds: 30 });
    const drawn = await ada.inject({ url: `/api/executions/${run.body.id}/chart.svg` });
    expect([drawn.statusCode, drawn.headers['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    const search = 'kind=heatmap&x=sender&y=total&series=sender';
    expect((await ada.inject({ url: `/api/executions/${run.body.id}/chart.png?${search}` })).statusCode).toBe(200);
    const unfit = await ada.inject({ url: `/api/executions/${run.body.id}/chart.svg?kind=bar&x=nobody&y=total` });
    expect([unfit.statusCode, unfit.body]).toEqual([400, expect.stringContaining('nobody')]);
    const paper = `/api/executions/${run.body.id}/report.pdf`;
    const report = await ada.inject({ url: `${paper}?language=en&kind=pie&x=sender&y=total&title=Flows` });
    expect([report.statusCode, report.headers['content-type']]).toEqual([200, 'application/pdf']);
    for (const words of ['Flows', 'ann', 'SELECT sender'])
      expect(report.body).toContain(Buffer.from(words, 'latin1').toString('hex'));
    expect((await bob.inject({ url: paper })).statusCode).toBe(404);
    expect((await bob.inject({ url })).statusCode).toBe(404);
    expect((await send(ada, 'DELETE', `${url}/${saved.body.id}`)).status).toBe(204);
  });
});

describe('tools', () => {
  const call = async (tool: string, input: object) =>
    (await send<ToolCall>(ada, 'POST', '/api/tools/call', { tool, input })).body;

  test('keep a result on a dashboard without its rows, and draw one by its execution', async () => {
    const sql = 'SELECT sender, amount FROM transfers WHERE amount > {{least}}';
    const ran = await call('run-sql', { sql, parameters: { least: 1 } });
    const { execution } = ran.output as { execution: string };
    const kept = await call('save-to-dashboard', {
      ...{ dashboard: 'Kept', title: 'Amounts', execution, kind: 'bar', x: 'sender', y: ['amount'] },
    });
    const { dashboard } = kept.output as { dashboard: string };
    const made = await get<Dashboard>(ada, `/api/dashboards/${dashboard}`);
    expect(made.parameters).toMatchObject([{ name: 'least', value: '1' }]);
    expect(made).toMatchObject({ name: 'Kept', access: 'private', widgets: [{ kind: 'chart', title: 'Amounts' }] });
    await call('save-to-dashboard', { dashboard: 'kept', title: 'One', execution, kind: 'counter', y: ['amount'] });
    const listed = (await call('list-dashboards', {})).output as { dashboards: { id: string; widgets: number }[] };
    expect(listed.dashboards.find(({ id }) => id === dashboard)).toMatchObject({ widgets: 2 });
    const drawn = await call('chart', { title: 'Drawn', execution, x: 'sender', y: 'amount' });
    expect(drawn.output).toMatchObject({ title: 'Drawn', rows: 3 });
    await expect.poll(async () => (await get<Dashboard>(ada, `/api/dashboards/${dashboard}`)).isRefreshing).toBe(false);
  });
});
