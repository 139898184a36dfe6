import type { JsonValue } from '#server/contract/json.ts';

/** What a list ends with that was cut, at its longest. */
const roomForEnd = 40;

/** JSON of a value, in no more characters than told: what does not fit is left out at the end, and said there. Still JSON. */
export function cutJson(value: JsonValue, most: number): string {
  const whole = JSON.stringify(value);
  if (whole.length <= most) return whole;
  if (typeof value === 'string')
    return JSON.stringify(`${value.slice(0, Math.max(0, Math.floor(most / 2) - roomForEnd))}…`);
  if (value === null || typeof value !== 'object') return 'null';
  const isList = Array.isArray(value);
  const members: [string, JsonValue][] = Object.entries(value);
  const kept: string[] = [];
  let room = most - 2 - roomForEnd;
  for (const [name, member] of members) {
    const head = isList ? '' : `${JSON.stringify(name)}:`;
    const told = JSON.stringify(member);
    const fits = head.length + told.length + 1 <= room;
    if (!fits && room < 2 * roomForEnd + head.length) break;
    const piece = head + (fits ? told : cutJson(member, room - head.length - 1));
    kept.push(piece);
    room -= piece.length + 1;
    if (!fits) break;
  }
  const left = members.length - kept.length;
  const end = left === 0 ? [] : [isList ? `"… ${left} more"` : `"…":"${left} more"`];
  const all = [...kept, ...end].join(',');
  return isList ? `[${all}]` : `{${all}}`;
}
