import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type Theme, useTheme } from '#web/lib/theme.ts';
import { SegmentedChoice } from './segmented-choice.tsx';

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Chooses light, dark, or what the device says. */
export function ThemeSwitch({ showLabels = true }: { showLabels?: boolean }) {
  const { t } = useTranslation('common');
  const [theme, setTheme] = useTheme();
  const options = (['system', 'light', 'dark'] satisfies Theme[]).map((value) => {
    const Icon = icons[value];
    return { value, label: t(`theme.${value}`), icon: <Icon aria-hidden />, hideLabel: !showLabels };
  });
  return <SegmentedChoice label={t('theme.label')} value={theme} onChange={setTheme} options={options} />;
}
