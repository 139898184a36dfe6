import { useQuery } from '@tanstack/react-query';
import { FileJson, type LucideIcon, Plug } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetPreset } from '#server/contract/toolset.ts';
import { presetListQuery } from '#web/features/toolsets/api/toolset-requests.ts';
import { PresetCards } from './preset-cards.tsx';

const ways: { name: 'openapi' | 'mcp'; icon: LucideIcon }[] = [
  { name: 'openapi', icon: FileJson },
  { name: 'mcp', icon: Plug },
];

/** What stands where there are no toolsets yet: what they are, and services to begin with. */
export function ToolsetLesson({ onChoose }: { onChoose: (preset: ToolsetPreset) => void }) {
  const { t } = useTranslation('toolsets');
  const { data } = useQuery(presetListQuery);
  return (
    <div className="grid gap-8">
      <section className="grid gap-4">
        <h2 className="font-display text-xl">{t('lesson.title')}</h2>
        <p className="max-w-prose text-ink-soft">{t('lesson.text')}</p>
        <ul className="grid gap-4 md:grid-cols-2">
          {ways.map(({ name, icon: Icon }) => (
            <li key={name} className="flex min-w-0 gap-4 rounded-lg border border-line bg-surface p-5 shadow-low">
              <Icon aria-hidden className="mt-1 size-6 shrink-0 text-accent" />
              <div className="grid min-w-0 content-start gap-1">
                <h3 className="font-semibold">{t(`lesson.${name}`)}</h3>
                <p className="text-sm text-ink-soft">{t(`lesson.${name}Text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
      {data !== undefined && data.items.length > 0 && (
        <section className="grid gap-4">
          <div>
            <h2 className="text-lg font-semibold">{t('lesson.presets')}</h2>
            <p className="text-sm text-ink-soft">{t('lesson.presetsText')}</p>
          </div>
          <PresetCards presets={data.items} onChoose={onChoose} />
        </section>
      )}
    </div>
  );
}
