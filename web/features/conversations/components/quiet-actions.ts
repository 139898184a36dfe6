/** Actions that come with the pointer or the focus; where there is no pointer, they are always there. */
export const quietActions =
  'flex items-center gap-1 transition-opacity pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:has-data-[state=open]:opacity-100 pointer-fine:has-aria-pressed:opacity-100';
