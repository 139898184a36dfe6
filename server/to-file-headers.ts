const shownInline = /^image\/(png|jpeg|webp|gif|svg\+xml)$/;

/** As RFC 8187 writes text in a header's parameter. */
const toHeaderValue = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A file to save, by its name. */
export const toDisposition = (name: string, kind: 'inline' | 'attachment' = 'attachment') =>
  `${kind}; filename*=UTF-8''${toHeaderValue(name)}`;

/** The headers of a stored file, which nobody's browser runs; shown in the page only when it is a picture. */
export const toFileHeaders = ({ name, mediaType, size, sha256 }: StoredBytes) => ({
  'content-length': size,
  'content-disposition': toDisposition(name, shownInline.test(mediaType) ? 'inline' : 'attachment'),
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, max-age=31536000, immutable',
  etag: `"${sha256}"`,
});

/** The headers of a report that is written anew each time it is asked for, to save. */
export const toReportHeaders = (name: string) => ({
  'content-disposition': toDisposition(name),
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
});

/** The headers of a picture of something that never changes, in the reader's language; nobody's browser runs it. */
export const keptPictureHeaders = {
  'cache-control': 'private, max-age=86400',
  vary: 'accept-language',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
};

type StoredBytes = { name: string; mediaType: string; size: number; sha256: string };
