/** The addresses that anybody may open. */
export const atTheDoor = [
  '/sign-in',
  '/set-up?token=x',
  '/invitations/none',
  '/new-password/none',
  '/s/none',
  '/d/none',
];
/** The addresses of a person who is signed in; what ends with the name of a thing, such as `/analyses/analysis`, is a real one. */
export const inside = [
  '/',
  '/hub/counting-desk',
  '/agents',
  '/agents/new',
  '/waiting',
  '/triggers',
  '/alerts',
  '/data',
  '/analyses/analysis',
  '/wallets',
  '/dashboards/dashboard',
  '/toolsets',
  '/toolsets/toolset',
  '/toolsets/signed-in',
  '/agents/counting-desk/edit',
  '/chat/counting-desk',
  '/chat/counting-desk/conversation',
  '/audits/audit',
  '/settings',
  '/settings/keys',
  '/settings/memories',
  '/settings/shares',
  '/s/share',
  '/settings/hub',
  '/settings/models',
  '/settings/people',
  '/settings/usage',
  '/settings/chains',
  '/settings/audit',
  '/settings/profile',
  '/no/such/place',
];
/** A service with a tool that reads, one that writes, and an operation that cannot be a tool. */
export const priceFeed = {
  openapi: '3.1.0',
  info: { title: 'Tea prices', version: '1', description: 'Prices of tokens.' },
  servers: [{ url: 'https://prices.example.org/v1' }],
  paths: {
    '/prices/{symbol}': {
      parameters: [{ name: 'symbol', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'getPrice', summary: 'Get a price', description: 'The price of a token.' },
      put: { operationId: 'setPrice', summary: 'Set a price' },
      trace: { operationId: 'tracePrice' },
    },
  },
};

type Post = (path: string, data: object) => Promise<{ id: string; conversationId: string }>;

type Made = {
  analysis: string;
  conversation: string;
  toolset: string;
  share: string;
  audit: string;
  dashboard: string;
};

const weakBank = `pragma solidity ^0.8.20;

contract Bank {
    address public owner;
    mapping(address => uint256) public held;

    function initialize(address owner_) external {
        owner = owner_;
    }

    function put() external payable {
        held[msg.sender] += msg.value;
    }

    function take() external {
        uint256 value = held[msg.sender];
        (bool sent, ) = msg.sender.call{value: value}("");
        require(sent, "not sent");
        held[msg.sender] = 0;
    }
}
`;

/** What most pages show and costs little: a key, triggers, a toolset, an invitation, a dashboard, and a shared conversation with a chart. */
export async function fillHub(post: Post) {
  await post('/api/keys', { name: 'report script', scopes: ['agents:read', 'runs:write'] });
  const trigger = { agent: 'counting-desk', name: 'Morning count', message: '2 + 2' };
  await post('/api/triggers', { ...trigger, schedule: { cron: '0 9 * * 1-5', timeZone: 'Asia/Tokyo' } });
  await post('/api/triggers', { ...trigger, webhook: {}, name: 'Orders' });
  const toolset = await post('/api/toolsets', { kind: 'openapi', text: JSON.stringify(priceFeed) });
  await post('/api/invitations', { email: 'grace@example.org', role: 'creator' });
  const asking = { tools: [{ id: 'calculator', approval: 'always' }] };
  const careful = await post('/api/agents', { name: 'Careful desk', definition: asking });
  await post(`/api/agents/${careful.id}/runs`, { input: '17 + 25' });
  const table =
    'Draw a bar chart of what the shops of the northern towns sold, month by month:\n\n| month | sales |\n|---|---|\n| May | 10 |\n| June | 14 |';
  const run = await post('/api/agents/counting-desk/runs', { input: table });
  await post('/api/conversation-folders', { name: 'Work' });
  const share = await post(`/api/conversations/${run.conversationId}/shares`, {});
  const sql = "SELECT unnest(['May', 'June']) AS month, unnest([10, 14]) AS sales";
  const query = await post('/api/queries', { name: 'Sales', sql });
  const shown = { query: query.id, title: 'Sales' };
  const place = (x: number) => ({ x, y: 0, w: 4, h: 4 });
  const widgets = [
    { ...shown, id: 'chart', kind: 'chart', view: { kind: 'bar', x: 'month', y: ['sales'] }, place: place(0) },
    { ...shown, id: 'table', kind: 'table', place: place(4) },
    { ...shown, id: 'counter', kind: 'counter', column: 'sales', compare: 'row', place: place(8) },
  ];
  const dashboard = await post('/api/dashboards', { name: 'Shops', widgets });
  return {
    conversation: run.conversationId,
    toolset: toolset.id,
    share: share.id,
    query: query.id,
    dashboard: dashboard.id,
  };
}

/** Has something to show on every page, with what processes of their own compute: an audit, an analysis, a refresh. */
export async function fillPages(post: Post): Promise<Made> {
  const made = await fillHub(post);
  const audit = await post('/api/audits', { title: 'Bank', files: [{ path: 'bank.sol', content: weakBank }] });
  const points = Array.from({ length: 40 }, (_, index) => ({ value: 50 + (index % 7) }));
  const analysis = await post('/api/analyses/forecast', { title: 'Sales', points });
  const figure = { of: 'first-row', column: 'sales' };
  const condition = { operator: 'above', threshold: '5' };
  const watch = { kind: 'query', query: made.query, figure, condition, rhythm: { everyMinutes: 60 } };
  await post('/api/alerts', { name: 'Sales above five', watch });
  await post(`/api/dashboards/${made.dashboard}/refresh`, { waitSeconds: 30 });
  return { ...made, analysis: analysis.id, audit: audit.id };
}

/** The address of a page where its thing has the id of this hub. */
export const toRealPath = (path: string, made: Made) =>
  path
    .replace('/conversation', `/${made.conversation}`)
    .replace(/\/dashboard$/, `/${made.dashboard}`)
    .replace(/\/toolset$/, `/${made.toolset}`)
    .replace(/\/share$/, `/${made.share}`)
    .replace(/^\/analyses\/analysis$/, `/analyses/${made.analysis}`)
    .replace(/^\/audits\/audit$/, `/audits/${made.audit}`);
