import { useMemo } from 'react';
import type { Avatar as AvatarChoice } from '#server/contract/agent-definition.ts';
import { classNames } from '#web/lib/class-names.ts';
import { drawAvatar } from './draw-avatar.ts';

const sizes = {
  small: 'size-8 rounded-sm',
  medium: 'size-11 rounded-md',
  large: 'size-16 rounded-md',
  huge: 'size-24 rounded-lg',
};

type AvatarProps = {
  avatar: AvatarChoice;
  size?: keyof typeof sizes;
  /** Only where no name stands beside it. */ alt?: string;
};

/** An agent's or person's picture: a mosaic drawn from a seed and a colour, or a stored file. */
export function Avatar({ avatar, size = 'medium', alt = '' }: AvatarProps) {
  const look = classNames('block shrink-0 overflow-hidden object-cover', sizes[size]);
  if (avatar.kind === 'file') {
    return (
      <img
        src={`/api/files/${encodeURIComponent(avatar.file)}`}
        alt={alt}
        className={look}
        loading="lazy"
        decoding="async"
      />
    );
  }
  return <DrawnAvatar seed={avatar.seed} color={avatar.color} alt={alt} className={look} />;
}

function DrawnAvatar({ seed, color, alt, className }: { seed: string; color: string; alt: string; className: string }) {
  const drawing = useMemo(() => drawAvatar(seed, color), [seed, color]);
  const name = alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt };
  return (
    <svg viewBox={`0 0 ${drawing.size} ${drawing.size}`} className={className} {...name}>
      {drawing.shapes.map(({ path, fill }, index) => (
        <path key={index} d={path} fill={fill} />
      ))}
    </svg>
  );
}
