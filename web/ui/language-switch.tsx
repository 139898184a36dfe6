import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { setLanguage } from '#web/lib/i18n/load-texts.ts';
import { type Language, languages } from '#web/lib/i18n/language.ts';
import { SegmentedChoice } from './segmented-choice.tsx';

const shortNames: Record<Language, string> = { en: 'EN', 'zh-CN': '中' };

/** Chooses the page's language; each is named in itself. */
export function LanguageSwitch({ short = false }: { short?: boolean }) {
  const { t, language } = useTranslation('common');
  const options = Object.entries(languages).map(([tag, label]) => ({
    value: tag as Language,
    label,
    lang: tag,
    ...(short && { short: shortNames[tag as Language] }),
  }));
  return (
    <SegmentedChoice
      label={t('language')}
      value={language}
      onChange={(next) => void setLanguage(next)}
      options={options}
    />
  );
}
