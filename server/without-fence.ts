const opening = /^```(?:json)?/;

/** What a model answered as JSON, without the fence and the white space that it may have put around it. */
export function withoutFence(text: string): string {
  // Trimmed first: a pattern that looks for white space before an end takes the square of its length.
  const trimmed = text.trim().replace(opening, '');
  return (trimmed.endsWith('```') ? trimmed.slice(0, -3) : trimmed).trim();
}
