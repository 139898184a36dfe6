import { describe, expect, it } from 'vitest';
import { findSvgProblem } from '#server/features/agents/check-svg.ts';

const wrap = (inner: string, attributes = '') => `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inner}</svg>`;

describe('an SVG avatar', () => {
  it.each([
    wrap('<path d="M0 0 L1 1Z" fill="#fff"/>'),
    wrap(
      '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#a)"/>',
    ),
    `<?xml version="1.0" encoding="UTF-8"?>\n${wrap('<title>A circle</title><circle r="1"/>')}\n`,
    wrap('<g transform="rotate(45)"><line x1="0" x2="1"/></g>', ' viewBox="0 0 1 1"'),
  ])('is taken when it only draws: %s', (svg) => {
    expect(findSvgProblem(svg)).toBeNull();
  });

  it.each([
    ['a script', wrap('<script>alert(1)</script>')],
    ['a script in capitals', wrap('<SCRIPT>alert(1)</SCRIPT>')],
    ['a script in a namespace', wrap('<svg:script>alert(1)</svg:script>')],
    ['a handler', wrap('<rect/>', ' onload="alert(1)"')],
    ['a handler after a slash', wrap('<rect/onclick="alert(1)"/>')],
    ['a handler without quotes', wrap('<rect onclick=alert(1) />')],
    ['a foreign object', wrap('<foreignObject><body/></foreignObject>')],
    ['an image from outside', wrap('<image href="http://example.org/a.png"/>')],
    ['a use of another file', wrap('<use href="http://example.org/a.svg#x"/>')],
    ['a link', wrap('<a href="javascript:alert(1)"><rect/></a>')],
    ['a paint from outside', wrap('<rect fill="url(http://example.org/a)"/>')],
    ['a paint from outside without scheme', wrap('<rect fill="url(//example.org/a)"/>')],
    ['a style', wrap('<rect style="fill:red"/>')],
    ['a style element', wrap('<style>*{}</style>')],
    ['an animation of a link', wrap('<animate attributeName="href" values="javascript:alert(1)"/>')],
    ['a set', wrap('<set attributeName="onload" to="alert(1)"/>')],
    ['an entity', wrap('<rect fill="&#x6a;"/>')],
    ['a document type', `<!DOCTYPE svg [<!ENTITY a "b">]>${wrap('')}`],
    ['a comment', wrap('<!-- --><rect/>')],
    ['character data', wrap('<![CDATA[<script>]]>')],
    ['a processing instruction', `<?xml-stylesheet href="http://example.org"?>${wrap('')}`],
    ['another namespace', '<svg xmlns="http://www.w3.org/1999/xhtml"></svg>'],
    ['an element left open', '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'],
    ['an end left out', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['a second root', wrap('') + wrap('')],
    ['text alone', 'hello'],
    ['nothing', ''],
    ['text before it', `hello${wrap('')}`],
    ['elements nested a hundred thousand deep', wrap('<g>'.repeat(100_000))],
    ['an attribute given twice', '<svg fill="red" fill="blue"></svg>'],
  ])('is refused with %s', (_what, svg) => {
    expect(findSvgProblem(svg)).toEqual({ en: expect.any(String), zh: expect.stringMatching(/\p{Script=Han}/u) });
  });
});
