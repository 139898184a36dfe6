type ProgressProps = { label: string; /** From 0 to 1; null while it cannot be known. */ value?: number | null };

/** How far something is, as a bar. */
export function Progress({ label, value = null }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent !== null && { 'aria-valuenow': percent })}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      {percent === null ? (
        <div className="h-full w-2/5 animate-sweep rounded-full bg-accent" />
      ) : (
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      )}
    </div>
  );
}
