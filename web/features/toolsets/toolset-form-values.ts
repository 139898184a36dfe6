import type { ToolsetPreset } from '#server/contract/toolset.ts';
import { type CredentialValues, toCredentialInput, toCredentialValues } from './credential-values.ts';

/** How a description is handed over. */
export type DescriptionSource = 'url' | 'text' | 'file';

export type ImportValues = {
  kind: 'openapi';
  source: DescriptionSource;
  url: string;
  text: string;
  file: string;
  name: string;
  serverUrl: string;
  credential: CredentialValues;
};

export type ConnectValues = {
  kind: 'mcp';
  name: string;
  url: string;
  command: string;
  credential: CredentialValues;
};

export function toImportValues(preset: ToolsetPreset | null): ImportValues {
  return {
    kind: 'openapi',
    source: 'url',
    url: preset?.url ?? '',
    text: '',
    file: '',
    name: preset?.name ?? '',
    serverUrl: '',
    credential: toCredentialValues(preset?.credential ?? {}),
  };
}

export function toConnectValues(preset: ToolsetPreset | null): ConnectValues {
  return {
    kind: 'mcp',
    name: preset?.name ?? '',
    url: preset?.url ?? '',
    command: preset?.command ?? '',
    credential: toCredentialValues(preset?.credential ?? {}),
  };
}

/** What the contract checks. A description that is not there yet is null, so that it is missed and nothing else. */
export function toImportInput({ kind, source, url, text, file, name, serverUrl, credential }: ImportValues) {
  const written = source === 'file' ? file : text;
  return {
    kind,
    ...(source === 'url' ? { url: url.trim() } : { text: written.trim() === '' ? null : written }),
    ...given({ name, serverUrl }),
    credential: toCredentialInput(credential, kind),
  };
}

export function toConnectInput({ kind, name, url, command, credential }: ConnectValues) {
  return {
    kind,
    ...(command === '' ? { url: url.trim() } : { command }),
    ...given({ name }),
    credential: toCredentialInput(credential, kind),
  };
}

const given = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]])));
