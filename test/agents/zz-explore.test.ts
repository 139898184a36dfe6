import { test } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTestApp } from '#test/support/build-test-app.ts';
import { layDevnet } from '#test/support/seeded-devnet.ts';

test('x', { timeout: 600_000 }, async () => {
  const hub = await buildTestApp({ agentsFolder: join(import.meta.dirname, '../../agents') });
  const ada = await hub.createPerson();
  const seed = await layDevnet(hub.dataFolder);
  writeFileSync(
    '/tmp/agents-x/seed.json',
    JSON.stringify({ accounts: seed.accounts, contracts: seed.contracts }, null, 1),
  );
  await hub.services.agents.installShippedAgents();
  const lines = readFileSync('/tmp/agents-x/questions.txt', 'utf8').split('\n').filter(Boolean);
  const out: string[] = [];
  for (const line of lines) {
    const [handle, ...rest] = line.split('|');
    const started = Date.now();
    const answer = await ada.inject({
      method: 'POST',
      url: `/api/agents/${handle}/runs`,
      payload: { input: rest.join('|'), stream: false },
    });
    const run = answer.json() as any;
    out.push(
      `### ${line}  (${Date.now() - started} ms)`,
      ...(run.steps ?? [])
        .filter((s: any) => s.kind === 'tool' || s.tool)
        .map((s: any) => `  -> ${s.tool ?? s.name} ${JSON.stringify(s.input ?? s.arguments)}`),
      run.output ?? JSON.stringify(run),
      '',
    );
    writeFileSync('/tmp/agents-x/answers.txt', out.join('\n'));
  }
  await hub.close();
});
