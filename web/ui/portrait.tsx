import type { Portrait as DrawnPortrait } from '#server/contract/portrait.ts';
import { classNames } from '#web/lib/class-names.ts';
import { toPortraitAddress } from './portrait-address.ts';

type Picture = ({ kind: 'drawn' } & DrawnPortrait) | { kind: 'image'; address: string };

const sizes = { sm: 'size-8', md: 'size-12', lg: 'size-20' } as const;

/** A picture of someone or something, beside its name; decoration only, so it has no text of its own. */
export function Portrait({ picture, size = 'md' }: { picture: Picture; size?: keyof typeof sizes }) {
  return (
    <img
      src={picture.kind === 'drawn' ? toPortraitAddress(picture) : picture.address}
      alt=""
      loading="lazy"
      className={classNames('shrink-0 overflow-hidden rounded-[25%] bg-sunken object-cover', sizes[size])}
    />
  );
}
