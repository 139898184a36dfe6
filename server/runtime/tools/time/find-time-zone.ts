import type { Zone } from 'luxon';
import { HubError } from '#server/hub-error.ts';

const otherNames = new Map([
  ['beijing', 'Asia/Shanghai'],
  ['shenzhen', 'Asia/Shanghai'],
  ['hangzhou', 'Asia/Shanghai'],
  ['guangzhou', 'Asia/Shanghai'],
  ['san_francisco', 'America/Los_Angeles'],
  ['washington', 'America/New_York'],
  ['boston', 'America/New_York'],
  ['miami', 'America/New_York'],
  ['seattle', 'America/Los_Angeles'],
  ['geneva', 'Europe/Zurich'],
  ['mumbai', 'Asia/Kolkata'],
  ['delhi', 'Asia/Kolkata'],
  ['bangalore', 'Asia/Kolkata'],
  ['zulu', 'UTC'],
  ['中国', 'Asia/Shanghai'],
  ['北京', 'Asia/Shanghai'],
  ['上海', 'Asia/Shanghai'],
  ['深圳', 'Asia/Shanghai'],
  ['香港', 'Asia/Hong_Kong'],
  ['台北', 'Asia/Taipei'],
  ['东京', 'Asia/Tokyo'],
  ['首尔', 'Asia/Seoul'],
  ['新加坡', 'Asia/Singapore'],
  ['迪拜', 'Asia/Dubai'],
  ['伦敦', 'Europe/London'],
  ['巴黎', 'Europe/Paris'],
  ['柏林', 'Europe/Berlin'],
  ['苏黎世', 'Europe/Zurich'],
  ['纽约', 'America/New_York'],
  ['旧金山', 'America/Los_Angeles'],
  ['洛杉矶', 'America/Los_Angeles'],
  ['悉尼', 'Australia/Sydney'],
]);

let cities: Map<string, string> | undefined;

/**
 * Finds a time zone by its IANA name, a fixed offset (`UTC+8`), or the name of a well-known city.
 *
 * @throws {HubError} `validation_failed`, naming the field
 */
export async function findTimeZone(name: string, field: string): Promise<Zone> {
  const { DateTime } = await import('luxon');
  const key = name.trim().replace(/时间$/, '').toLowerCase().replaceAll(' ', '_');
  cities ??= new Map(
    Intl.supportedValuesOf('timeZone').map((zone) => [zone.split('/').at(-1)?.toLowerCase() ?? zone, zone]),
  );
  const offset = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(key);
  const specified = offset ? `UTC${offset[1]}${Number(offset[2])}${offset[3] ? `:${offset[3]}` : ''}` : undefined;
  const { zone } = DateTime.utc().setZone(specified ?? otherNames.get(key) ?? cities.get(key) ?? name.trim());
  if (zone.isValid && zone.type !== 'system') return zone;
  const detail = {
    en: `"${name.slice(0, 60)}" is not a time zone. Use an IANA name such as Europe/Zurich or Asia/Shanghai, or an offset such as UTC+8.`,
    zh: `“${name.slice(0, 60)}”不是时区。请使用 Asia/Shanghai 或 Europe/Zurich 之类的 IANA 名称，或 UTC+8 之类的偏移量。`,
  };
  throw new HubError('validation_failed', detail, { errors: [{ path: field, message: detail }] });
}
