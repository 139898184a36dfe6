import { Star } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useFormat } from '#web/lib/format.ts';

const places = [1, 2, 3, 4, 5];

/** A rating in a word: one star, the average and how many gave it. */
export function Rating({ average, count }: { average: number | null; count: number }) {
  const { t } = useTranslation('hub');
  const format = useFormat();
  if (average === null) return <span>{t('rating.none')}</span>;
  return (
    <span className="inline-flex items-center gap-1">
      <Star aria-hidden className="size-4 fill-chain text-chain" />
      <span aria-hidden>
        {format.number(average)} ({format.compact(count)})
      </span>
      <span className="sr-only">{t('rating.said', { average: format.number(average), count })}</span>
    </span>
  );
}

/** The stars that one person gave. */
export function Stars({ stars }: { stars: number }) {
  const { t } = useTranslation('hub');
  return (
    <span role="img" aria-label={t('rating.stars', { count: stars })} className="inline-flex text-chain">
      {places.map((place) => (
        <Star key={place} aria-hidden className={place <= stars ? 'size-4 fill-chain' : 'size-4 opacity-50'} />
      ))}
    </span>
  );
}

/** Giving one to five stars; radio buttons underneath. */
export function StarsField({
  value,
  onChange,
  error,
}: {
  value: number;
  onChange: (stars: number) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation('hub');
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{t('review.stars')}</legend>
      <div className="flex">
        {places.map((place) => (
          <label
            key={place}
            className="grid size-11 cursor-pointer place-items-center rounded-md text-chain has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="stars"
              value={place}
              checked={place === value}
              onChange={() => onChange(place)}
              className="sr-only"
            />
            <Star aria-hidden className={place <= value ? 'size-6 fill-chain' : 'size-6 opacity-60'} />
            <span className="sr-only">{t('rating.stars', { count: place })}</span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
