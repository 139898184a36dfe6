import { parseDocument, stringify } from 'yaml';
import type { z } from 'zod';
import type { PublishProblem } from '#server/contract/agent.ts';
import { AgentDefinition, type Avatar } from '#server/contract/agent-definition.ts';
import { Eval, mostEvals } from '#server/contract/eval.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { toSaidIssues } from '#server/issue-words.ts';
import { type CarriedEvals, toMediaType } from './eval-keeper.ts';
import { type AvatarFile, findAvatarProblem, toAvatarExtension, toAvatarMediaType } from './avatar-keeper.ts';
import { PackageManifest } from './package-manifest.ts';
import { toDrawnAvatar } from './to-drawn-avatar.ts';

/** The files of a package by their path within it, such as `evals/sums.yaml`. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** What a package says; `avatarFile` is there when the avatar is a file, and then takes the place of `avatar`. */
export type ReadPackage = {
  definition: AgentDefinition;
  avatarFile: AvatarFile | null;
  tests: CarriedEvals;
};

/** A package, or every problem with its file and path: `agent.yaml: model.wishes.0`. */
export type PackageOutcome = { read: ReadPackage } | { problems: PublishProblem[] };

const evalPath = /^evals\/[^/]+\.yaml$/;
const evalFile = /^evals\/files\/([^/]+)$/;
const standInAvatar: Avatar = { kind: 'file', file: 'avatar' };

/** Reads a package without touching anything outside it. */
export function readPackage(files: PackageFiles): PackageOutcome {
  const problems: PublishProblem[] = [];
  const manifest = readYaml(files, { file: 'agent.yaml', schema: PackageManifest, problems });
  const instructions = readInstructions(files, problems);
  const paths = [...files.keys()].filter((path) => evalPath.test(path)).sort();
  const evals = paths.map((file) => readYaml(files, { file, schema: Eval, problems }));
  const evalFiles = [...files].flatMap(([path, bytes]) => {
    const name = evalFile.exec(path)?.[1];
    return name === undefined ? [] : [{ name, mediaType: toMediaType(name), bytes }];
  });
  evals.forEach((one, place) => {
    const lost = one?.files.find(({ file }) => !evalFiles.some(({ name }) => name === file));
    if (lost !== undefined) {
      problems.push({
        path: `${paths[place] ?? ''}: files`,
        message: noFile(`evals/files/${lost.file}`),
      });
    }
  });
  if (evals.length > mostEvals) {
    const message = { en: `An agent has ${mostEvals} tests at most.`, zh: `一个智能体最多 ${mostEvals} 个测试。` };
    problems.push({ path: 'evals', message });
  }
  for (const path of files.keys()) {
    const refusal = findRefusal(path);
    if (refusal !== null) problems.push({ path, message: refusal });
  }
  const avatars = readAvatars(files, problems);
  const wanted = typeof manifest?.avatar === 'string' ? manifest.avatar : null;
  const avatarFile = wanted === null ? null : (avatars.get(wanted) ?? null);
  if (wanted !== null && avatarFile === null) {
    problems.push({ path: 'agent.yaml: avatar', message: noFile(wanted) });
  }
  if (problems.length > 0 || manifest === null || instructions === null) return { problems };
  const tests = { evals: evals.filter((one) => one !== null), files: evalFiles };
  return { read: { definition: toDefinition(manifest, instructions), avatarFile, tests } };
}

const noFile = (name: string) => ({ en: `The package has no file "${name}".`, zh: `包中没有文件“${name}”。` });

/** The files of an agent's package; `readPackage` makes the same definition of them. */
export function writePackage(
  definition: AgentDefinition,
  avatarFile: AvatarFile | null,
  { evals, files: evalFiles }: CarriedEvals = { evals: [], files: [] },
): Map<string, Uint8Array> {
  const { schemaVersion, identity, instructions, ...rest } = definition;
  const { avatar: drawn, ...named } = identity;
  const extension = avatarFile === null ? null : toAvatarExtension(avatarFile.mediaType);
  const avatar = extension !== null ? `avatar.${extension}` : toDrawn(drawn, identity.name);
  const manifest = { schemaVersion, ...named, avatar, ...rest };
  const files = new Map<string, Uint8Array>([
    ['agent.yaml', toYaml(manifest)],
    ['prompt.md', toBytes(`${instructions}\n`)],
  ]);
  if (avatarFile !== null && extension !== null) files.set(`avatar.${extension}`, avatarFile.bytes);
  evals.forEach((one, place) => {
    const { input, messages, ...others } = one;
    const asked = input === undefined ? { messages } : { input };
    const { name, needs, ...content } = others;
    files.set(toEvalPath(name, place), toYaml({ name, needs, ...asked, ...content }));
  });
  for (const { name, bytes } of evalFiles) files.set(`evals/files/${name}`, bytes);
  return files;
}

/** Numbered, so that a package keeps their order. */
function toEvalPath(name: string, place: number): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `evals/${[String(place + 1).padStart(3, '0'), slug].filter(Boolean).join('-')}.yaml`;
}

const toYaml = (value: object) => toBytes(stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }));

function toDrawn(avatar: Avatar, name: string) {
  const { style, seed, color } = avatar.kind === 'drawn' ? avatar : toDrawnAvatar(name);
  return { style, seed, color };
}

function toDefinition({ avatar, ...manifest }: PackageManifest, instructions: string): AgentDefinition {
  const { name, handle, tagline, description, category, tags, language, ...rest } = manifest;
  const pictured: Avatar = typeof avatar === 'string' ? standInAvatar : { kind: 'drawn', ...avatar };
  return {
    ...rest,
    identity: { name, handle, avatar: pictured, tagline, description, category, tags, language },
    instructions,
  };
}

function findRefusal(path: string): LocalizedText | null {
  if (/^(agent\.yaml|prompt\.md|avatar\.(svg|png|jpg|webp|gif)|README\.md|CHANGELOG\.md|LICENSE)$/.test(path))
    return null;
  if (evalPath.test(path) || evalFile.test(path)) return null;
  return path.startsWith('knowledge/')
    ? { en: 'Knowledge files cannot be imported yet.', zh: '尚不能导入知识文件。' }
    : { en: 'This file has no place in an agent package.', zh: '智能体包中不能有此文件。' };
}

/** Every avatar in the package, by its name; they are judged also when `agent.yaml` cannot be read. */
function readAvatars(files: PackageFiles, problems: PublishProblem[]): Map<string, AvatarFile> {
  const avatars = new Map<string, AvatarFile>();
  for (const [name, bytes] of files) {
    const mediaType = toAvatarMediaType(/^avatar\.([a-z]+)$/.exec(name)?.[1] ?? '');
    if (mediaType === null) continue;
    const file = { name, mediaType, bytes };
    const message = findAvatarProblem(file);
    if (message !== null) problems.push({ path: name, message });
    avatars.set(name, file);
  }
  return avatars;
}

/** All of `prompt.md` but the line break at its end. */
function readInstructions(files: PackageFiles, problems: PublishProblem[]): string | null {
  const text = readText(files, 'prompt.md', problems);
  if (text === null) return null;
  const parsed = AgentDefinition.shape.instructions.safeParse(text.endsWith('\n') ? text.slice(0, -1) : text);
  if (parsed.success) return parsed.data;
  for (const { message } of toSaidIssues(parsed.error.issues)) problems.push({ path: 'prompt.md', message });
  return null;
}

function readText(files: PackageFiles, file: string, problems: PublishProblem[]): string | null {
  const bytes = files.get(file);
  if (bytes === undefined) {
    problems.push({ path: file, message: { en: 'The file is missing.', zh: '缺少此文件。' } });
    return null;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    problems.push({ path: file, message: { en: 'The file is not UTF-8 text.', zh: '此文件不是 UTF-8 文本。' } });
    return null;
  }
}

function readYaml<Schema extends z.ZodType>(
  files: PackageFiles,
  { file, schema, problems }: { file: string; schema: Schema; problems: PublishProblem[] },
): z.output<Schema> | null {
  const text = readText(files, file, problems);
  if (text === null) return null;
  try {
    const document = parseDocument(text, { schema: 'core', uniqueKeys: true, stringKeys: true });
    for (const { message } of document.errors) {
      const said = message.split('\n')[0] ?? message;
      problems.push({ path: file, message: { en: said, zh: `无法读取为 YAML：${said}` } });
    }
    if (document.errors.length > 0) return null;
    const parsed = schema.safeParse(document.toJS({ maxAliasCount: 20 }));
    if (parsed.success) return parsed.data;
    for (const { path, message } of toSaidIssues(parsed.error.issues)) {
      problems.push({ path: [file, path].filter(Boolean).join(': '), message });
    }
  } catch (error) {
    problems.push({
      path: file,
      message:
        error instanceof RangeError
          ? { en: 'It is nested too deeply.', zh: '嵌套过深。' }
          : { en: 'It cannot be read as YAML.', zh: '无法读取为 YAML。' },
    });
  }
  return null;
}

const toBytes = (text: string) => new TextEncoder().encode(text);
