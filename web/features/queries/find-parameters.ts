import type { SqlParameter } from '#server/contract/sql.ts';

/** The parameters that some SQL names as `{{name}}`, each as it was known before, if it was. */
export function findParameters(sql: string, known: readonly SqlParameter[]): SqlParameter[] {
  const plain = sql.replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, '');
  const names = [...plain.matchAll(/\{\{([^{}]+)\}\}/g)]
    .map(([, name = '']) => name.trim())
    .filter((name) => name !== '');
  return [...new Set(names)].map(
    (name) => known.find((parameter) => parameter.name === name) ?? { name, type: 'text', value: '', options: [] },
  );
}
