export const auditPeriods = ['7', '30', '90', 'all'] as const;
export type AuditPeriod = (typeof auditPeriods)[number];
