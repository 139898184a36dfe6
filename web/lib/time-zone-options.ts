const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];

/** The time zones to choose from. A browser may not list the name that another gave, so the current one is always there. */
export const toTimeZoneOptions = (current: string): { value: string; label: string }[] =>
  (timeZones.includes(current) ? timeZones : [current, ...timeZones]).map((name) => ({
    value: name,
    label: name.replaceAll('_', ' '),
  }));
