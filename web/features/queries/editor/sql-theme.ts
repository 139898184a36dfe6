import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { StateEffect, StateField } from '@codemirror/state';
import { tags } from '@lezer/highlight';

/** The page's own field; the tokens are light or dark by themselves. */
export const sqlTheme = [
  EditorView.theme({
    '&': { backgroundColor: 'transparent', color: 'var(--ink)', fontSize: 'var(--text-sm)' },
    '&.cm-focused': { outline: 'none' },
    // The room above belongs to both: numbers of lines would learn of the content's own only with the first change.
    '.cm-scroller': {
      fontFamily: 'var(--font-mono)',
      lineHeight: '1.6',
      maxHeight: '50dvh',
      overflow: 'auto',
      padding: '0.5rem 0',
    },
    '.cm-content': { minHeight: '8rem', padding: '0', caretColor: 'var(--ink)' },
    '.cm-line': { padding: '0 0.75rem' },
    '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-faint)', border: 'none' },
    '.cm-placeholder': { color: 'var(--ink-faint)' },
    '.cm-fault': {
      textDecoration: 'underline wavy var(--danger)',
      textUnderlineOffset: '0.2em',
      backgroundColor: 'var(--danger-soft)',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--raised)',
      color: 'var(--ink)',
      border: '1px solid var(--line-strong)',
      borderRadius: '8px',
      overflow: 'hidden',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '16rem', maxWidth: 'min(28rem, calc(100vw - 2rem))' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.25rem 0.75rem', minHeight: '2rem' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--accent-soft)',
      color: 'var(--ink)',
    },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
    '.cm-completionDetail': { color: 'var(--ink-soft)', fontStyle: 'normal' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--accent)', fontWeight: '600' },
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--chain)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--success)' },
      { tag: tags.comment, color: 'var(--ink-faint)', fontStyle: 'italic' },
      { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--warning)' },
    ]),
  ),
];

/** Marks where the last run found a fault; null takes the mark away, and so does a change of the text. */
export const setFault = StateEffect.define<{ from: number; to: number } | null>();

export const faultMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const effect = transaction.effects.find((candidate) => candidate.is(setFault));
    if (effect === undefined) return transaction.docChanged ? Decoration.none : marks;
    return effect.value === null
      ? Decoration.none
      : Decoration.set([Decoration.mark({ class: 'cm-fault' }).range(effect.value.from, effect.value.to)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});
