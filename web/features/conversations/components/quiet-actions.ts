/**
 * Actions that come with the pointer or the focus; where there is no pointer, they are always there. The rule names them, not
 * all that is in a message: that would be styled anew whenever the pointer crosses its edge.
 */
export const quietActions =
  'flex items-center gap-1 transition-opacity pointer-fine:opacity-0 pointer-fine:in-[article:focus-within]:opacity-100 pointer-fine:in-[article:hover]:opacity-100 pointer-fine:has-data-[state=open]:opacity-100 pointer-fine:has-aria-pressed:opacity-100';
