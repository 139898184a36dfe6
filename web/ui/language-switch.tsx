import { useTranslation } from 'react-i18next';
import { setLanguage } from '#web/lib/i18n/i18n.ts';
import { isLanguage, type Language, languages } from '#web/lib/i18n/language.ts';
import { SegmentedChoice } from './segmented-choice.tsx';

const shortNames: Record<Language, string> = { en: 'EN', 'zh-CN': '中' };

/** Chooses the page's language; each is named in itself. */
export function LanguageSwitch({ short = false }: { short?: boolean }) {
  const { t, i18n } = useTranslation('common');
  const value: Language = isLanguage(i18n.language) ? i18n.language : 'en';
  const options = Object.entries(languages).map(([tag, label]) => ({
    value: tag as Language,
    label,
    lang: tag,
    ...(short && { short: shortNames[tag as Language] }),
  }));
  return (
    <SegmentedChoice
      label={t('language')}
      value={value}
      onChange={(next) => void setLanguage(next)}
      options={options}
    />
  );
}
