import type { FormAnswer } from '#server/contract/run-wait.ts';
import { request } from '#web/lib/api-client.ts';

export function answerForm(run: string, form: string, answer: FormAnswer): Promise<void> {
  const path = `/api/runs/${encodeURIComponent(run)}/forms/${encodeURIComponent(form)}`;
  return request({ path, method: 'POST', body: answer });
}
