import { Person, type UpdateProfileInput } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

export function updateProfile(input: UpdateProfileInput): Promise<Person> {
  return request({ path: '/api/profile', method: 'PATCH', body: input, schema: Person });
}
