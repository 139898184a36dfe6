import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Agent } from '#server/contract/agent.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { ShareAgent } from '#web/app/share-agent.tsx';

let hub: ScriptedHub;

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('sharing an agent', () => {
  const openShare = async (stored: Agent) => {
    hub.answer('GET /api/agents/fee-clerk', { body: stored });
    renderPage(<ShareAgent handle="fee-clerk" look="icon" />);
    await userEvent.click(screen.getByRole('button', { name: 'Share' }));
    return within(await screen.findByRole('dialog', { name: 'Share “Fee Clerk”' }));
  };

  it('gives its address, also to a camera, and says who may open it', async () => {
    const dialog = await openShare({ ...sampleAgent(), visibility: 'link', publishedVersion: 3 });
    expect(dialog.getByRole('region', { name: 'Link' }).textContent).toBe(`${hub.url}/chat/fee-clerk`);
    expect(dialog.getByRole('img', { name: 'QR code of the link' }).getAttribute('src')).toMatch(/^data:image\/svg/);
    expect(dialog.getByText('Everyone who has this link and an account on this hub can talk to it.')).toBeTruthy();
    expect(dialog.getByText(/only works on this computer/)).toBeTruthy();
  });

  it('says that nobody else can open what is not published', async () => {
    expect((await openShare(sampleAgent())).getByText(/Nothing is published yet/)).toBeTruthy();
  });

  it('says whose key others spend, where a model is reached through the owner’s own connection', async () => {
    const own = {
      ...{ reference: 'groq-1/llama', name: 'llama', provider: 'My Groq', kind: 'language-model', personal: true },
      ...{ isDefault: true, seesImages: null, usesTools: null, writesJson: null, reasons: null, contextTokens: null },
      price: { inputUsd: null, outputUsd: null, cachedInputUsd: null, unit: 'tokens', longPrompt: null },
    };
    hub.answer('GET /api/models', {
      body: { items: [own], defaultModel: own.reference, imageModel: null, problems: [] },
    });
    const warning = /spends the key of your own connection “My Groq”/;
    const { access } = sampleAgent().definition;
    const dialog = await openShare(sampleAgent({ access: { ...access, visibility: 'link' } }));
    expect(await dialog.findByText(warning)).toBeTruthy();
    cleanup();

    const of = (visibility: 'link' | 'private', wish: string) =>
      sampleAgent({
        access: { ...access, visibility },
        model: { ...sampleAgent().definition.model, wishes: [wish] },
      });
    for (const agent of [of('private', own.reference), of('link', 'openai/gpt-5-mini')]) {
      const other = await openShare(agent);
      expect(other.getByRole('region', { name: 'Link' })).toBeTruthy();
      expect(other.queryByText(warning)).toBeNull();
      cleanup();
    }
  });

  it('offers calls of the newest version or of one, and only those that can send what it asks for', async () => {
    const dialog = await openShare({ ...sampleAgent(), publishedVersion: 3 });
    await userEvent.click(dialog.getByRole('tab', { name: 'API' }));
    await userEvent.click(await dialog.findByRole('tab', { name: 'OpenAI (Python)' }));
    const code = () => dialog.getByRole('region', { name: 'OpenAI (Python)' }).textContent;
    expect(code()).toContain('model="fee-clerk"');
    await userEvent.click(dialog.getByRole('radio', { name: 'Always version 3' }));
    expect(code()).toContain('model="fee-clerk@3"');
    expect(dialog.getByRole('link', { name: 'Make a key' }).getAttribute('href')).toBe('/settings/keys');
    cleanup();

    const city = { name: 'city', label: 'City', type: 'choice', options: ['Bern', 'Rome'], required: true } as const;
    const variables = [{ ...city, options: [...city.options], defaultValue: '' }];
    const asking = await openShare(sampleAgent({ variables }));
    await userEvent.click(asking.getByRole('tab', { name: 'API' }));
    expect((await asking.findByRole('region', { name: 'curl' })).textContent).toContain('"variables": {"city":"Bern"}');
    expect(asking.queryByRole('tab', { name: /OpenAI/ })).toBeNull();
  });

  it('lets its owner name the sites that may show it, within limits, and gives the code for them', async () => {
    const embed = {
      isEnabled: false,
      origins: [],
      maximumUsdPerMonth: null,
      maximumRunsPerMonth: null,
      maximumMessages: 50,
      color: null,
      position: 'right',
      isShared: true,
      used: { conversations: 2, runs: 5, costUsd: 0.25 },
      renewsAt: '2026-12-01T00:00:00.000Z',
    };
    hub.answer('GET /api/agents/fee-clerk/embed', { body: embed });
    const dialog = await openShare({ ...sampleAgent(), visibility: 'link', publishedVersion: 3 });
    await userEvent.click(dialog.getByRole('tab', { name: 'Embed' }));
    expect(await dialog.findByText(/2 conversations, 5 answers, \$0\.25/)).toBeTruthy();
    const save = () => userEvent.click(dialog.getByRole('button', { name: 'Save' }));

    await userEvent.click(dialog.getByRole('switch', { name: 'Let sites show this agent' }));
    await save();
    expect(await dialog.findByText('Name at least one site.')).toBeTruthy();
    expect(dialog.getAllByText('Needed while sites may show the agent.')).toHaveLength(2);

    const sites = dialog.getByRole('textbox', { name: 'Sites that may show it' });
    await userEvent.type(sites, 'HTTPS://Shop.example.org/{Enter}https://shop.example.org/path');
    await userEvent.type(dialog.getByRole('textbox', { name: 'US dollars a month' }), '2.5');
    await userEvent.type(dialog.getByRole('textbox', { name: 'Answers a month' }), '100');
    await save();
    expect(await dialog.findByText(/“https:\/\/shop\.example\.org\/path” is not a site/)).toBeTruthy();

    await userEvent.clear(sites);
    await userEvent.type(sites, 'HTTPS://Shop.example.org/');
    await userEvent.type(dialog.getByRole('textbox', { name: /Colour of the button/ }), '#aa0000');
    const stored = {
      isEnabled: true,
      origins: ['https://shop.example.org'],
      maximumUsdPerMonth: 2.5,
      maximumRunsPerMonth: 100,
      maximumMessages: 50,
    };
    hub.answer('PUT /api/agents/fee-clerk/embed', { body: { ...embed, ...stored, color: '#aa0000' } });
    await save();
    await waitFor(() =>
      expect(hub.requests.findLast(({ method }) => method === 'PUT')?.body).toEqual({
        ...stored,
        color: '#aa0000',
        position: 'right',
      }),
    );
    expect(dialog.getByRole('region', { name: 'Button that opens the chat' }).textContent).toBe(
      `<script async src="${hub.url}/embed.js" data-agent="fee-clerk" data-color="#aa0000" data-position="right"></script>`,
    );
  });

  it('offers nobody else to embed it', async () => {
    const agent = { ...sampleAgent(), visibility: 'link' as const, publishedVersion: 3 };
    const dialog = await openShare({ ...agent, can: { ...agent.can, edit: false } });
    expect(dialog.queryByRole('tab', { name: 'Embed' })).toBeNull();
  });
});
