/* ISO 11172-3 and 13818-3, layer III: kilobits and samples in a second by what a frame's header says. */
const bitrates = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const sampleRates = [44_100, 48_000, 32_000];

/** How long an MP3 plays, by its frames; null where there is none. */
export function readMp3Seconds(bytes: Uint8Array): number | null {
  let seconds = 0;
  let at = skipTag(bytes);
  while (at >= 0 && at + 4 <= bytes.length) {
    const frame = readFrame(bytes, at);
    seconds += frame?.seconds ?? 0;
    at = frame === null ? bytes.indexOf(0xff, at + 1) : at + frame.size;
  }
  return seconds === 0 ? null : seconds;
}

/** ID3v2: ten bytes, the last four of them its length in seven bits each. */
function skipTag(bytes: Uint8Array): number {
  if (String.fromCharCode(...bytes.subarray(0, 3)) !== 'ID3') return 0;
  return bytes.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 127), 0) + 10;
}

function readFrame(bytes: Uint8Array, at: number): { size: number; seconds: number } | null {
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const version = (second >> 3) & 3;
  const isLayerThree = bytes[at] === 0xff && (second & 0xe6) === 0xe2;
  const isFirstVersion = version === 3;
  const bitrate = bitrates[isFirstVersion ? 'one' : 'two'][third >> 4] ?? 0;
  const fullRate = sampleRates[(third >> 2) & 3];
  if (!isLayerThree || version === 1 || bitrate === 0 || fullRate === undefined) return null;
  const rate = fullRate / (isFirstVersion ? 1 : version === 2 ? 2 : 4);
  const samples = isFirstVersion ? 1152 : 576;
  const padding = (third >> 1) & 1;
  return { size: Math.floor((samples * bitrate * 125) / rate) + padding, seconds: samples / rate };
}
