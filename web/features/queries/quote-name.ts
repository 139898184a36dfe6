/** A name as SQL takes it: in quotation marks only where it needs them. */
export const quoteName = (name: string) =>
  /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
