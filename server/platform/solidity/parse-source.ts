import { parse, ParserError } from '@solidity-parser/parser';
import type { UnreadSource } from '#server/contract/contract-audit.ts';
import { unreadableSource } from '#server/contract/unread-source.ts';
import type { SourceFile } from './source-model.ts';

const mostNesting = 120;

/** Reads one file; where it is no Solidity, says at which place. Never throws for what is written in it. */
export function parseSource({ path, text }: { path: string; text: string }): SourceFile | UnreadSource {
  const deep = findDeepNesting(text);
  if (deep !== null) {
    return { path, ...toPlace(text, deep), problem: `Brackets are nested more than ${mostNesting} deep.` };
  }
  try {
    const unit = parse(text, { range: true });
    return { path, text, unit, compiler: readCompiler(text) };
  } catch (thrown) {
    if (thrown instanceof ParserError) {
      const [first] = thrown.errors as { line: number; column: number; message: string }[];
      return {
        path,
        line: first?.line ?? 1,
        column: (first?.column ?? 0) + 1,
        problem: (first?.message ?? thrown.message).slice(0, 300),
      };
    }
    return { path, line: 1, column: 1, problem: unreadableSource.en };
  }
}

/** A place as people count it, from 1. */
export function toPlace(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { line, column: at - before.lastIndexOf('\n') };
}

/** Where brackets are nested deeper than the parser can follow in sensible time; null: nowhere. */
function findDeepNesting(text: string): number | null {
  const words = text.replace(/\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (skipped) =>
    ' '.repeat(skipped.length),
  );
  let depth = 0;
  for (let at = 0; at < words.length; at += 1) {
    const letter = words[at] ?? '';
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (depth > mostNesting) return at;
  }
  return null;
}

/** `^0.8.20` is 820, `>=0.4.22 <0.6.0` is 422. */
function readCompiler(text: string): number | null {
  const [, value] = /pragma\s+solidity\s+([^;]+);/.exec(text) ?? [];
  const [, minor, patch] = /0\.(\d+)(?:\.(\d+))?/.exec(value ?? '') ?? [];
  return minor === undefined ? null : Number(minor) * 100 + Math.min(Number(patch ?? 0), 99);
}
