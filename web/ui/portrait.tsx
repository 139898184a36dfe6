import { useMemo } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { drawPortrait, toTone } from './draw-portrait.ts';

type Picture = { kind: 'drawn'; seed: string; color: string } | { kind: 'image'; address: string };

const sizes = { sm: 'size-8', md: 'size-12', lg: 'size-20' } as const;

/** A picture of someone or something, beside its name; decoration only, so it has no text of its own. */
export function Portrait({ picture, size = 'md' }: { picture: Picture; size?: keyof typeof sizes }) {
  const frame = classNames('shrink-0 overflow-hidden rounded-md', sizes[size]);
  if (picture.kind === 'drawn') return <DrawnPortrait {...picture} className={frame} />;
  return <img src={picture.address} alt="" className={classNames(frame, 'object-cover')} loading="lazy" />;
}

function DrawnPortrait({ seed, color, className }: { seed: string; color: string; className: string }) {
  const { ground, shapes } = useMemo(() => drawPortrait(seed), [seed]);
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true" className={className}>
      <rect width="64" height="64" fill={toTone(color, ground)} />
      {shapes.map(({ path, tone }) => (
        <path key={path} d={path} fill={toTone(color, tone)} />
      ))}
    </svg>
  );
}
