import { EditorView } from '@codemirror/view';

/** The page's own field; the tokens are light or dark by themselves. */
export const editorTheme = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)', fontSize: 'var(--text-sm)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5', maxHeight: '60dvh', overflow: 'auto' },
  '.cm-content': { minHeight: '12rem', padding: '0.5rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 0.75rem' },
  '.cm-placeholder': { color: 'var(--ink-faint)' },
  '.cm-known-mark': { color: 'var(--accent)', backgroundColor: 'var(--accent-soft)', borderRadius: '3px' },
  '.cm-unknown-mark': {
    color: 'var(--warning)',
    textDecoration: 'underline wavy',
    textDecorationThickness: '1px',
    textUnderlineOffset: '0.2em',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'inherit',
    maxHeight: '16rem',
    maxWidth: 'min(28rem, calc(100vw - 2rem))',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '0.375rem 0.75rem',
    minHeight: '2.25rem',
    overflowWrap: 'anywhere',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > completion-section': {
    color: 'var(--ink-soft)',
    borderBottom: '1px solid var(--line)',
    padding: '0.375rem 0.75rem',
    opacity: '1',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': { color: 'var(--ink-soft)', fontStyle: 'normal' },
});
