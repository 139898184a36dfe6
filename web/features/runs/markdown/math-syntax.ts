import type { Extension as MdastExtension } from 'mdast-util-from-markdown';
import type { Literal } from 'mdast';
import type { Code, Construct, Effects, Extension, State, Tokenizer } from 'micromark-util-types';

declare module 'mdast' {
  interface PhrasingContentMap {
    math: Math;
  }
  interface RootContentMap {
    math: Math;
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    math: 'math';
  }
}

/** A formula inside other words. */
export type Math = Literal & { type: 'math'; isDisplayed: boolean };

const [dollar, backslash, leftBracket] = [36, 92, 91];
const closings = new Map([
  [40, 41],
  [leftBracket, 93],
]);

const isEnd = (code: Code) => code === null;
const isLineEnding = (code: Code) => code !== null && code < -2;
const isSpace = (code: Code) => code === 32 || (code !== null && code < 0);
const isWordy = (code: Code) => code !== null && code > 0 && /[\p{L}\p{N}]/u.test(String.fromCodePoint(code));

function consumeLineEnding(effects: Effects, code: Code) {
  effects.enter('lineEnding');
  effects.consume(code);
  effects.exit('lineEnding');
}

/**
 * `$…$` and `$$…$$`. The first dollar that follows decides: after a space, or before a letter or a figure, it begins an
 * amount ("$5 and $10", "$ETH/$BTC") and nothing here is a formula.
 */
const tokenizeDollars: Tokenizer = (effects, ok, nok) => {
  let size = 0;
  let before: Code = null;

  const opening: State = (code) => {
    if (code === dollar) {
      size += 1;
      if (size > 2) return nok(code);
      effects.consume(code);
      return opening;
    }
    return size === 1 && isSpace(code) ? nok(code) : inside(code);
  };
  const inside: State = (code) => {
    if (isEnd(code)) return nok(code);
    if (code === dollar) {
      if (size === 1 && isSpace(before)) return nok(code);
      effects.consume(code);
      return size === 1 ? after : second;
    }
    before = code;
    if (isLineEnding(code)) {
      if (size === 1) return nok(code);
      consumeLineEnding(effects, code);
      return inside;
    }
    effects.consume(code);
    return code === backslash ? escaped : inside;
  };
  const escaped: State = (code) => {
    if (isEnd(code) || isLineEnding(code)) return inside(code);
    before = code;
    effects.consume(code);
    return inside;
  };
  const second: State = (code) => {
    if (code !== dollar) return nok(code);
    effects.consume(code);
    return after;
  };
  const after: State = (code) => {
    if (code === dollar || (size === 1 && isWordy(code))) return nok(code);
    effects.exit('math');
    return ok(code);
  };

  return (code) => {
    effects.enter('math');
    return opening(code);
  };
};

/** `\(…\)` and `\[…\]`. */
const tokenizeBrackets: Tokenizer = (effects, ok, nok) => {
  let opened: Code = null;

  const opening: State = (code) => {
    if (code === null || !closings.has(code)) return nok(code);
    opened = code;
    effects.consume(code);
    return inside;
  };
  const inside: State = (code) => {
    if (isEnd(code)) return nok(code);
    if (isLineEnding(code)) {
      consumeLineEnding(effects, code);
      return inside;
    }
    effects.consume(code);
    return code === backslash ? escaped : inside;
  };
  const escaped: State = (code) => {
    if (isEnd(code) || isLineEnding(code)) return inside(code);
    // One in another is no formula; and so each text is read at most twice.
    if (code === opened) return nok(code);
    effects.consume(code);
    return opened !== null && code === closings.get(opened) ? closed : inside;
  };
  const closed: State = (code) => {
    effects.exit('math');
    return ok(code);
  };

  return (code) => {
    effects.enter('math');
    effects.consume(code);
    return opening;
  };
};

const dollars: Construct = {
  name: 'math',
  tokenize: tokenizeDollars,
  previous: (code) => code !== dollar && !isWordy(code),
};
const brackets: Construct = { name: 'math', tokenize: tokenizeBrackets };

/** Formulas in Markdown, for micromark. */
export const math: Extension = { text: { [dollar]: dollars, [backslash]: brackets } };

/** Formulas in Markdown, for its syntax tree. */
export const mathFromMarkdown: MdastExtension = {
  enter: {
    math(token) {
      const source = this.sliceSerialize(token);
      const width = source.startsWith('$') && !source.startsWith('$$') ? 1 : 2;
      const value = source.slice(width, -width).trim();
      this.enter({ type: 'math', value, isDisplayed: source.startsWith('$$') || source.startsWith('\\[') }, token);
    },
  },
  exit: {
    math(token) {
      this.exit(token);
    },
  },
};
