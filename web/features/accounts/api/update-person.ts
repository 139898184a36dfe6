import { Person, type UpdatePersonInput } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function updatePerson(person: string, input: UpdatePersonInput): Promise<Person> {
  return request({ path: `/api/people/${encodeURIComponent(person)}`, method: 'PATCH', body: input, schema: Person });
}
