import { HubError } from '#server/hub-error.ts';

export const speechNotConfigured = (what: string) =>
  new HubError('tool_unavailable', `No model is set to ${what}. An administrator chooses one in Settings → Models.`);

export const modelNotForAudio = (path: 'speech' | 'transcription', reference: string) =>
  new HubError('validation_failed', `"${reference}" is not at a connection that speaks OpenAI's audio API.`, {
    errors: [{ path: `body.${path}`, message: 'Name a model of an OpenAI-compatible connection: connection/model.' }],
  });

export const recordingMissing = () =>
  new HubError('validation_failed', 'The form has no recording.', {
    errors: [{ path: 'body.file', message: 'Send the recording in a multipart form, in the field "file".' }],
  });

export const recordingUnreadable = (mediaType: string) =>
  new HubError(
    'unsupported_media_type',
    `A recording may be WebM, Ogg, MP4, MP3, WAV or FLAC; this is ${mediaType || 'of no known kind'}.`,
  );
