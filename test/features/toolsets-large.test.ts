import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { callTool, createToolset, patchToolset } from '#test/support/hub-toolsets.ts';
import { makeCloudApi } from '#test/support/large-apis/make-cloud-api.ts';
import { makeClusterApi } from '#test/support/large-apis/make-cluster-api.ts';
import { makeForgeApi } from '#test/support/large-apis/make-forge-api.ts';
import { makeMessagingApi } from '#test/support/large-apis/make-messaging-api.ts';
import { makePaymentsApi } from '#test/support/large-apis/make-payments-api.ts';
import { type Received, type SampleApi, startSampleApi } from '#test/support/sample-api.ts';

let api: SampleApi;
let hub: TestApp;
let ada: TestPerson;

type Case = {
  make: (server: string) => string;
  operations: number;
  credential?: object;
  calls: { tool: string; input: object; sent: Partial<Received> }[];
};

const json = (value: unknown) => JSON.stringify(value);
const subscriptionId = '0e0b3f4a-6a51-4f0c-9d2e-0b8f5f1d7c11';
const inCloud = { subscriptionId, group: 'g 1', 'api-version': '2026-10-01' };
const resource = { ...inCloud, resourceName: 'r' };
const cloud = `/subscriptions/${subscriptionId}/groups/g%201/providers/Cloud.Basic/alerts`;
const version = 'api-version=2026-10-01';

const cases: Record<string, Case> = {
  'a payment service': {
    make: makePaymentsApi,
    operations: 500,
    calls: [
      {
        tool: 'create_billing_customer',
        input: { amount: 5, address: { city: 'Ely & co' }, expand: ['owner', 'balance'], metadata: { a: 'b' } },
        sent: {
          method: 'POST',
          path: '/v1/billing_customers',
          body: 'amount=5&address%5Bcity%5D=Ely%20%26%20co&expand%5B%5D=owner&expand%5B%5D=balance&metadata%5Ba%5D=b',
        },
      },
      {
        tool: 'list_charge',
        input: { created: { gt: 3 }, expand: ['data.owner'], limit: 2 },
        sent: { method: 'GET', path: '/v1/charges', query: 'created%5Bgt%5D=3&expand%5B%5D=data.owner&limit=2' },
      },
      {
        tool: 'delete_test_payout',
        input: { id: 'po/1' },
        sent: { method: 'DELETE', path: '/v1/test_payouts/po%2F1' },
      },
    ],
  },
  'a cluster’s control plane': {
    make: makeClusterApi,
    operations: 600,
    calls: [
      {
        tool: 'createcore_v1_namespaced_pod',
        input: { namespace: 'default', dryRun: 'All', kind: 'Pod', spec: { template: { replicas: 2 } } },
        sent: {
          path: '/v1/apis/core/v1/namespaces/default/pods',
          query: 'dryRun=All',
          body: json({ kind: 'Pod', spec: { template: { replicas: 2 } } }),
        },
      },
      {
        // Of the three ways to patch, the one that an object is.
        tool: 'patchapps_v1_namespaced_job',
        input: { namespace: 'n', name: 'j', body: { spec: null } },
        sent: {
          method: 'PATCH',
          path: '/v1/apis/apps/v1/namespaces/n/jobs/j',
          headers: expect.objectContaining({ 'content-type': 'application/merge-patch+json' }),
          body: json({ spec: null }),
        },
      },
    ],
  },
  'a forge of code': {
    make: makeForgeApi,
    operations: 1000,
    calls: [
      {
        tool: 'issues_create',
        input: { owner: 'ada', repo: 'engine', title: 'Fault', labels: ['bug', { name: 'new' }], assignee: null },
        sent: {
          path: '/v1/repos/ada/engine/issues',
          body: json({ title: 'Fault', assignee: null, labels: ['bug', { name: 'new' }] }),
        },
      },
      {
        tool: 'pulls_set-labels',
        input: { owner: 'a', repo: 'b', number: 7, body: ['x', 'y'] },
        sent: { method: 'PUT', path: '/v1/repos/a/b/pulls/7/labels', body: json(['x', 'y']) },
      },
      {
        tool: 'releases-comments_list',
        input: { owner: 'a', repo: 'b', parent: 3, per_page: 5, since: '2026-01-01T00:00:00Z' },
        sent: { path: '/v1/repos/a/b/releases/3/comments', query: 'per_page=5&since=2026-01-01T00%3A00%3A00Z' },
      },
    ],
  },
  'a messenger': {
    make: makeMessagingApi,
    operations: 420,
    credential: { kind: 'api-key', in: 'header', name: 'Authorization', value: 'Bot secret' },
    calls: [
      {
        tool: 'send_to_channel',
        input: { channel_id: '12', content: 'Hi', embeds: [{ title: 'T' }] },
        sent: {
          path: '/v1/channels/12/messages',
          body: expect.stringMatching(/name="content"\r\n\r\nHi\r\n[^]*name="embeds"\r\n[^]*\r\n{"title":"T"}\r\n/),
        },
      },
      {
        tool: 'react_to_bot_thread',
        input: { thread_id: '9', emoji: '👍' },
        sent: {
          method: 'PUT',
          path: '/v1/bot-threads/9/reactions/%F0%9F%91%8D/@me',
          headers: expect.objectContaining({ authorization: 'Bot secret' }),
        },
      },
      {
        tool: 'list_partner_guild',
        input: { ids: ['1', '2'], before: '3' },
        sent: { path: '/v1/partner-guilds', query: 'before=3&ids=1&ids=2' },
      },
      {
        tool: 'delete_role',
        input: { role_id: '4', 'X-Audit-Reason': 'spam' },
        sent: { method: 'DELETE', path: '/v1/roles/4', headers: expect.objectContaining({ 'x-audit-reason': 'spam' }) },
      },
    ],
  },
  'a cloud’s management': {
    make: makeCloudApi,
    operations: 640,
    credential: { kind: 'api-key', in: 'header', name: 'X-Cloud-Key', value: 'cloud-key' },
    calls: [
      {
        tool: 'basic_alerts_patch',
        input: { ...resource, kind: 'Basic.alerts', level0: 'a', location: 'eu-north' },
        sent: {
          path: `/v1/live${cloud}/r`,
          query: version,
          headers: expect.objectContaining({ 'x-cloud-key': 'cloud-key' }),
          body: json({ level0: 'a', kind: 'Basic.alerts', location: 'eu-north' }),
        },
      },
      {
        tool: 'basic_alerts_list',
        input: { ...inCloud, filter: { state: 'on' }, fields: ['a', 'b'], regions: ['x', 'y'], trace: 't1' },
        sent: {
          path: `/v1/live${cloud}`,
          query: `${version}&%24filter%5Bstate%5D=on&fields=a,b&regions=x%7Cy`,
          headers: expect.objectContaining({ cookie: 'trace=t1' }),
        },
      },
      { tool: 'basic_alerts_restart', input: resource, sent: { method: 'POST', path: `/v1/live${cloud}/r:restart` } },
      {
        tool: 'basic_alerts_read_point',
        input: { ...resource, point: [1, 2.5] },
        sent: { path: `/v1/data/z1${cloud}/r/points/1,2.5.json` },
      },
      {
        tool: 'basic_alerts_delete',
        input: { ...resource, 'If-Match': 'e1' },
        sent: { method: 'DELETE', headers: expect.objectContaining({ 'if-match': 'e1' }) },
      },
    ],
  },
};

beforeAll(async () => {
  api = await startSampleApi();
  hub = await buildTestApp({ variables: { HUB_EGRESS_ALLOW: new URL(api.url).host } });
  ada = await hub.createPerson();
});
afterAll(async () => {
  await hub.close();
  await api.close();
});

test.each(Object.entries(cases))(
  'the description of %s is imported in whole, and its operations are called as it says',
  async (_name, { make, operations, credential, calls }) => {
    const input = { kind: 'openapi', text: make(api.serverUrl), ...(credential !== undefined && { credential }) };
    const { id, slug, ...toolset } = await createToolset(ada, input);
    expect(toolset).toMatchObject({ toolCount: operations, skipped: [] });
    await patchToolset(ada, id, { enabled: calls.map(({ tool }) => tool) });
    for (const { tool, input, sent } of calls) {
      const { body } = await callTool(ada, `${slug}/${tool}`, input);
      expect(body.output).not.toHaveProperty('error');
      expect(api.received.at(-1)).toMatchObject(sent);
    }
  },
);
