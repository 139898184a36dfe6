import type { Person } from '#server/contract/account.ts';
import { Portrait } from '#web/ui/portrait.tsx';

const colors = ['#0b6457', '#855000', '#7a3b55', '#3d5a80', '#5b6b1f', '#8a4030'];

/** A person's picture, drawn from their identifier. */
export function PersonAvatar({ person, size = 'md' }: { person: Person; size?: 'sm' | 'md' | 'lg' }) {
  const sum = [...person.id].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return (
    <Portrait
      picture={{ kind: 'drawn', style: 'identicon', seed: person.id, color: colors[sum % colors.length] ?? '#0b6457' }}
      size={size}
    />
  );
}
