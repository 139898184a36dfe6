import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { LargerPicture } from '#web/features/runs/components/larger-picture.tsx';
import { toImageSource } from './safe-address.ts';

/** An image of a model's text: one of the hub's files is shown; one elsewhere is linked, so that reading tells no one. */
export default function MarkdownImage({ address, alt }: { address: string | undefined; alt: string }) {
  const { t } = useTranslation('runs');
  const source = toImageSource(address);
  if (source.kind === 'refused') return <span>{alt}</span>;
  if (source.kind === 'own') {
    const picture = <img src={source.address} alt={alt} loading="lazy" className="max-h-96 rounded-md" />;
    const title = alt || t('picture.own');
    return <LargerPicture pictures={[{ address: source.address, title, fileName: title }]}>{picture}</LargerPicture>;
  }
  const { host } = new URL(source.address);
  return (
    <a href={source.address} target="_blank" rel="noopener noreferrer nofollow">
      {alt === '' ? t('image.elsewhere', { host }) : t('image.elsewhereNamed', { host, alt })}
    </a>
  );
}
