import { afterAll, expect, test } from 'vitest';
import { expectAccessible } from '#test/support/accessibility.ts';
import { findOverflow, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';
import { startMcpServer } from '#test/support/mcp-server.ts';

// The hub is told of its address as it starts.
const server = await startMcpServer({ isProtected: true });
server.authorization.settings.asksPerson = true;
afterAll(() => server.close());

const hub = useHubPages({ variables: { HUB_EGRESS_ALLOW: new URL(server.url).host } });
const onPhone = hub.usePage({ viewport: phone, isSignedIn: true, hasTouch: true });

test(
  'a person connects an MCP server by its address, refuses there, changes their mind, and comes back to its tools',
  async () => {
    const { page } = onPhone;
    await hub.open(page, '/toolsets');
    await page.getByRole('button', { name: 'Connect MCP server' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect an MCP server' });
    await dialog.getByRole('button', { name: /Another server/ }).click();
    await dialog.getByLabel('Address of the server').fill(server.mcpUrl);
    await dialog.getByLabel('Name', { exact: false }).first().fill('Workbench');
    await dialog.getByLabel('How it is told who asks').selectOption('authorization-code');
    await dialog.getByRole('button', { name: 'Connect, then sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Workbench' }).waitFor();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    const consent = page.getByRole('heading', { name: 'May this hub use the workbench?' });
    await consent.waitFor();
    expect(new URL(page.url()).origin).toBe(server.url);
    await page.getByRole('button', { name: 'Refuse' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign-in' }).waitFor();
    await page.getByRole('alert').first().waitFor();
    // Neither what the service said nor its state stays in the address.
    expect(page.url()).toBe(`${hub.url()}/toolsets/signed-in`);
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'light' });

    await page.getByRole('button', { name: 'Begin again' }).click();
    await consent.waitFor();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { level: 1, name: 'Workbench' }).waitFor();
    await page.getByText('You are signed in with “Workbench”').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.getByRole('switch', { name: /^read$/i }).waitFor();
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);

    await page.goBack();
    expect(await page.content()).not.toContain('code=');
    await hub.open(page, '/toolsets');
    expect(await page.getByRole('main').getByRole('listitem').filter({ hasText: 'Workbench' }).count()).toBe(1);
  },
  patienceMs,
);
