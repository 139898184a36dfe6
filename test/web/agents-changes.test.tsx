import { screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { AgentTool } from '#server/contract/agent-definition.ts';
import { price, startBuilder } from '#test/support/builder-page.tsx';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { ChangeList } from '#web/features/agents/components/change-list.tsx';

let builder: Awaited<ReturnType<typeof startBuilder>>;

beforeAll(startTexts);
beforeEach(async () => {
  builder = await startBuilder();
});
afterEach(() => builder.close());

it('versions are compared with their tools in words, and their other places and choices as the builder says them', async () => {
  builder.hub.answer('GET /api/tools', { body: { items: [price] } });
  const added = {
    ...AgentTool.parse({ id: price.id, name: 'price', approval: 'always' }),
    fixedParameters: { symbol: 'ETH' },
    hiddenParameters: ['days'],
  };
  renderPage(
    <ChangeList
      beforeLabel="before"
      afterLabel="after"
      changes={[
        { path: 'model.maximumSteps', kind: 'changed', before: 8, after: 9 },
        { path: 'access.visibility', kind: 'changed', before: 'private', after: 'hub' },
        { path: 'tools.feed/v1.rates.approval', kind: 'changed', before: 'never', after: 'on-write' },
        { path: 'tools.feed/get_price', kind: 'added', after: added },
        { path: 'tools.feed/v1.rates.fixedParameters.at.time', kind: 'changed', before: 1, after: 2 },
        { path: 'tools.feed/v1.rates.hiddenParameters.0', kind: 'removed', before: 'days' },
        { path: 'tools', kind: 'changed', before: ['time', 'feed/get_price'], after: ['feed/get_price', 'time'] },
      ]}
    />,
  );
  const linesOf = async (name: string) =>
    within(await screen.findByRole('region', { name }))
      .getAllByText(/./, { selector: 'pre > span' })
      .map(({ textContent }) => textContent);
  expect(await linesOf('Get a price')).toEqual([
    '+ after: Ask a person first: Always',
    '+ after: Name for the model: price',
    '+ after: symbol is always ETH',
    '+ after: days is hidden from the model',
  ]);
  expect(await linesOf('feed/v1.rates')).toEqual([
    '− before: Ask a person first: Never',
    '− before: at.time is always 1',
    '− before: days is hidden from the model',
    '+ after: Ask a person first: When it changes something outside',
    '+ after: at.time is always 2',
  ]);
  expect(await linesOf('Steps, at most')).toEqual(['− before: 8', '+ after: 9']);
  expect(await linesOf('Who may use it')).toEqual(['− before: Private', '+ after: Whole hub']);
  expect(await linesOf('Tools')).toContain('− before: time');
});
