import type { Translate } from '#web/lib/i18n/texts.ts';

/** What people call the members of a definition, by their paths; `*` is a position or a name, which is told beside it. */
const places: Record<string, string> = {
  'identity.name': 'identity.name',
  'identity.handle': 'identity.handle',
  'identity.tagline': 'identity.tagline',
  'identity.description': 'identity.description',
  'identity.category': 'identity.category',
  'identity.language': 'identity.language',
  'identity.tags': 'identity.tags',
  'identity.tags.*': 'identity.tag',
  'identity.avatar': 'avatar.label',
  'variables.*.name': 'variables.name',
  'variables.*.label': 'variables.label',
  'variables.*.type': 'variables.type',
  'variables.*.required': 'variables.required',
  'variables.*.options': 'variables.options',
  'variables.*.options.*': 'variables.option',
  'variables.*.defaultValue': 'variables.defaultValue',
  'opening.message': 'opening.message',
  'opening.starters': 'opening.starters',
  'opening.starters.*': 'opening.starter',
  'opening.example.question': 'opening.exampleQuestion',
  'opening.example.answer': 'opening.exampleAnswer',
  'model.wishes': 'model.wishes',
  'model.wishes.*': 'model.wishes',
  'model.temperature': 'model.temperature',
  'model.reasoning': 'model.reasoning',
  'model.maximumOutputTokens': 'model.maximumOutputTokens',
  'model.maximumSteps': 'model.maximumSteps',
  'output.kind': 'output.kind',
  'output.schema': 'output.schema',
  'context.maximumMessages': 'context.messages',
  'context.maximumTokens': 'context.tokens',
  'context.overflow': 'context.overflow',
  'memory.kind': 'memory.kind',
  'memory.summarise': 'memory.summarise',
  'memory.maximumFacts': 'memory.maximumFacts',
  'access.visibility': 'access.visibility',
  'access.licence': 'access.licence',
  'budget.maximumTokensPerRun': 'budget.tokens',
  'budget.maximumUsdPerRun': 'budget.usd',
  'budget.maximumSecondsPerRun': 'budget.seconds',
  'budget.maximumTokensPerConversation': 'budget.conversationTokens',
  'budget.maximumUsdPerConversation': 'budget.conversationUsd',
  'budget.maximumTokensPerMonth': 'budget.monthTokens',
  'budget.maximumUsdPerMonth': 'budget.monthUsd',
  'guards.*.kind': 'guards.kind',
  'guards.*.when': 'guards.when',
  'guards.*.action': 'guards.action',
  'guards.*.words': 'guards.words',
  'guards.*.characters': 'guards.characters',
  'guards.*.types': 'guards.types',
};

/** Values that the hub chose words for, by the place that they stand in. */
const values: Record<string, Record<string, string>> = {
  'access.visibility': { private: 'private', link: 'link', members: 'members', hub: 'hub' },
  'context.overflow': { trim: 'trim', summarise: 'summarise' },
  'memory.kind': { off: 'off', person: 'person', agent: 'agent' },
  'model.reasoning': { low: 'reasoningEfforts.low', medium: 'reasoningEfforts.medium', high: 'reasoningEfforts.high' },
  'output.kind': { text: 'text', json: 'json' },
};

/** Where a change stands, below its section; empty where the section says all, the path itself where it has no words. */
export function toPlaceWords(path: string, toLanguage: (tag: string) => string, t: Translate): string {
  const [section = '', ...rest] = path.split('.');
  if (rest.length === 0) return '';
  if (section === 'translations') {
    const [tag = '', ...place] = rest;
    const name = toLanguage(tag);
    const inner = ['name', 'tagline', 'description', 'tags'].includes(place[0] ?? '') ? ['identity', ...place] : place;
    const words = inner.length < 2 ? '' : toPlaceWords(inner.join('.'), toLanguage, t);
    return words === '' ? name : `${name} · ${words}`;
  }
  const exact = places[path];
  if (exact !== undefined) return t(exact);
  for (let at = 0; at < rest.length; at += 1) {
    const key = places[[section, ...rest.slice(0, at), '*', ...rest.slice(at + 1)].join('.')];
    if (key !== undefined) return `${toPosition(rest[at] ?? '')} · ${t(key)}`;
  }
  if (path.startsWith('identity.avatar.')) return t('avatar.label');
  return rest.length === 1 ? toPosition(rest[0] ?? '') : path;
}

/** A value in words, where it is one of those that the hub has words for; null: as it is written. */
export function toValueWords(path: string, value: unknown, t: Translate): string | null {
  const key = typeof value === 'string' ? values[path]?.[value] : undefined;
  return key === undefined ? null : t(`${path.split('.')[0] ?? ''}.${key}`);
}

/** People count from one. */
const toPosition = (name: string): string => (/^\d+$/.test(name) ? `#${Number(name) + 1}` : name);
