import { toResources } from './to-resources.ts';

export const resources = toResources({
  ...import.meta.glob<Record<string, unknown>>('/lib/i18n/locales/zh-CN.json', { eager: true, import: 'default' }),
  ...import.meta.glob<Record<string, unknown>>('/app/locales/zh-CN.json', { eager: true, import: 'default' }),
  // The first view of most pages needs no texts of these: `loadTexts` brings them.
  ...import.meta.glob<Record<string, unknown>>(
    ['/features/*/locales/zh-CN.json', '!/features/{hub,memories,toolsets,triggers}/locales/*.json'],
    { eager: true, import: 'default' },
  ),
});
