import { expect } from 'vitest';
import type { Dataset } from '#server/contract/dataset.ts';
import { toUpload } from './agent-requests.ts';
import type { TestPerson } from './build-test-app.ts';

type Inject = TestPerson['inject'];

/** Sends a file to `POST /api/datasets` as the page does. */
export const sendDataset = (inject: Inject, name: string, content: string | Buffer) =>
  inject({ method: 'POST', url: '/api/datasets', ...toUpload(Buffer.from(content), { name, mediaType: 'text/csv' }) });

/** A dataset that was stored. */
export async function uploadDataset(inject: Inject, name: string, content: string | Buffer): Promise<Dataset> {
  const answer = await sendDataset(inject, name, content);
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return answer.json<Dataset>();
}
