import type { RemovePersonInput } from '#server/contract/person-removal.ts';
import { request } from '#web/lib/api-client.ts';

export function removePerson(person: string, input: RemovePersonInput): Promise<void> {
  return request({ path: `/api/people/${encodeURIComponent(person)}/removal`, method: 'POST', body: input });
}
