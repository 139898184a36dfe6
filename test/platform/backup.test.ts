import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#server/platform/open-database.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { runHubCommand } from '#test/support/run-hub-command.ts';
import { copyDatabase, migrations, workerFile } from '#test/support/prepared-folder.ts';

let hub: TestApp;
let ada: TestPerson;
let folder: string;
let backup: string;

const restoreInto = (dataFolder: string, file = backup) =>
  runHubCommand(['restore', file], { HUB_DATA_DIR: dataFolder });
const open = (dataFolder: string) => openDatabase({ dataFolder, migrations, workerFile });
const newFolder = () => mkdtempSync(join(folder, 'data-'));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-backup-'));
  hub = await buildTestApp({ openDatabase: createTestDatabase });
  ada = await hub.createPerson();
  await ada.inject({ method: 'POST', url: '/api/agents', payload: { name: 'Zähler “π” 中文' } });
  const run = await ada.inject({ method: 'POST', url: '/api/agents/zahler/runs', payload: { input: '2 + 3' } });
  expect(run.statusCode, run.body).toBe(200);
  await hub.services.files.storeOwn(ada.actor.userId, {
    name: 'note.txt',
    mediaType: 'text/plain',
    content: Buffer.from('kept'),
  });
  backup = join(folder, 'backup.tar.gz');
  const connection = {
    name: 'Local',
    provider: 'openai',
    baseUrl: 'https://models.example.org/v1',
    apiKey: 'sk-sealed',
  };
  const connected = await ada.inject({ method: 'POST', url: '/api/connections', payload: connection });
  expect(connected.statusCode, connected.body).toBe(201);
  const made = await runHubCommand(['backup', '--to', backup], { HUB_DATA_DIR: hub.dataFolder });
  expect(made).toMatchObject({ status: 0, printed: [backup] });
}, 120_000);
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  test('that was made while the hub ran brings back every row, file and secret', async () => {
    const dataFolder = newFolder();
    expect(await restoreInto(dataFolder)).toMatchObject({ status: 0 });
    const restored = await open(dataFolder);
    const { rows: tables } = await restored.pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'`,
    );
    expect(tables.length).toBeGreaterThan(12);
    for (const { name } of tables) {
      const everything = `SELECT to_jsonb(t) AS row FROM "${name}" AS t ORDER BY to_jsonb(t)::text`;
      const [before, after] = [
        await hub.services.database.pool.query(everything),
        await restored.pool.query(everything),
      ];
      expect(after.rows, name).toEqual(before.rows);
    }
    await restored.close();
    const sha256 = createHash('sha256').update('kept').digest('hex');
    const file = join('files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    for (const name of [file, 'secrets.json']) {
      expect(readFileSync(join(dataFolder, name))).toEqual(readFileSync(join(hub.dataFolder, name)));
    }
  });

  test('can be read by its owner only, and leaves nothing else behind', () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => !name.startsWith('data-'))).toEqual(['backup.tar.gz']);
  });

  test('holds no secrets when told so', async () => {
    const file = join(folder, 'open.tar.gz');
    const variables = { HUB_DATA_DIR: hub.dataFolder };
    expect(await runHubCommand(['backup', '--without-secrets', '--to', file], variables)).toMatchObject({ status: 0 });
    const { keys } = JSON.parse(readFileSync(join(hub.dataFolder, 'secrets.json'), 'utf8')) as {
      keys: { key: string }[];
    };
    expect(gunzipSync(readFileSync(file)).includes(keys[0]?.key ?? '?')).toBe(false);
    rmSync(file);
  });

  test('is never written over a file', async () => {
    const variables = { HUB_DATA_DIR: hub.dataFolder };
    expect(await runHubCommand(['backup', '--to', backup], variables)).toMatchObject({
      status: 1,
      said: [`${backup} is there already.`],
    });
  });

  test('keeps beside it what it replaces', async () => {
    const dataFolder = newFolder();
    copyDatabase(dataFolder);
    writeFileSync(join(dataFolder, 'secrets.json'), 'old');
    expect(await restoreInto(dataFolder)).toMatchObject({ status: 0 });
    const kept = readdirSync(dataFolder).find((name) => name.startsWith('before-restore-')) ?? '';
    expect(readFileSync(join(dataFolder, kept, 'secrets.json'), 'utf8')).toBe('old');
    expect(existsSync(join(dataFolder, kept, 'database/PG_VERSION'))).toBe(true);
  });

  test('is not restored under a running hub', async () => {
    const { status, said } = await restoreInto(hub.dataFolder);
    expect(status).toBe(1);
    expect(said.join()).toContain(`in use by process ${process.pid}`);
  });

  const packed = () => gunzipSync(readFileSync(backup));
  test.each<[string, () => Buffer, RegExp]>([
    ['cut off', () => readFileSync(backup).subarray(0, 2000), /cannot be restored/],
    ['no archive', () => Buffer.from('hello'), /cannot be restored/],
    ['another archive', () => gzipSync(Buffer.alloc(1024)), /cannot be restored: it is empty/],
    [
      'changed in a file',
      () => gzipSync(Buffer.from(packed().toString('latin1').replace('kept', 'lost'), 'latin1')),
      /was changed/,
    ],
    [
      'for another schema',
      () =>
        gzipSync(
          Buffer.from(
            packed()
              .toString('latin1')
              .replace(/"name": "\d{4}/, '"name": "9999'),
            'latin1',
          ),
        ),
      /does not know/,
    ],
    ['with a path that climbs out', () => gzipSync(climb(packed())), /no backup has/],
  ])('that is %s changes nothing', async (_case, make, sentence) => {
    const dataFolder = newFolder();
    const file = join(dataFolder, 'bad.tar.gz');
    writeFileSync(file, make());
    const { status, said } = await restoreInto(dataFolder, file);
    expect({ status, left: readdirSync(dataFolder) }).toEqual({ status: 1, left: ['bad.tar.gz'] });
    expect(said.at(-1)).toMatch(sentence);
  });
});

/** Renames the second entry of a tar, with its checksum. */
function climb(tar: Buffer): Buffer {
  const changed = Buffer.from(tar);
  const header = changed.indexOf('database/');
  changed.fill(0, header, header + 100);
  changed.write('../../climbed.txt', header);
  changed.fill(' ', header + 148, header + 156);
  const sum = changed.subarray(header, header + 512).reduce((total, byte) => total + byte, 0);
  changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148);
  return changed;
}
