/** The site around this frame, as the browser tells; null where it does not. */
export function findSite(): string | null {
  const [around] = window.location.ancestorOrigins ?? [];
  if (around !== undefined) return around;
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : null;
}
