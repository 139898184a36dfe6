/** Where a connection is reached in the API. */
export function toConnectionAddress(connection: string): string {
  return `/api/connections/${encodeURIComponent(connection)}`;
}
