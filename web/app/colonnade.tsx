const columns = [0, 1, 2, 3];

/** A courtyard drawn in the page's own colours: arches at the sides of a floor, and light from above. */
export function Colonnade() {
  return (
    <svg viewBox="0 0 800 1000" preserveAspectRatio="xMidYMax slice" aria-hidden className="absolute inset-0 size-full">
      <defs>
        <linearGradient id="light" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--skylight)" stopOpacity="0.95" />
          <stop offset="1" stopColor="var(--skylight)" stopOpacity="0" />
        </linearGradient>
        <linearGradient id="depth" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--accent)" stopOpacity="0.34" />
          <stop offset="1" stopColor="var(--accent)" stopOpacity="0.08" />
        </linearGradient>
      </defs>
      <rect width="800" height="1000" className="fill-sunken" />
      {columns.map((column) => (
        <g key={column} transform={`translate(${40 + column * 186} 0)`}>
          <path d="M0 780V420a80 80 0 0 1 162 0v360Z" fill="url(#depth)" />
          <path d="M14 780V424a67 67 0 0 1 134 0v356" fill="none" className="stroke-line-strong" strokeOpacity="0.5" />
          <path d="M44 250a37 37 0 0 1 74 0v38H44Z" fill="url(#depth)" />
        </g>
      ))}
      <path d="M0 320H800M0 150H800M0 166H800" className="stroke-line" strokeWidth="2" />
      <path d="M0 780H800L800 1000H0Z" className="fill-paper" />
      {[-5, -3, -1, 1, 3, 5].map((ray) => (
        <path key={ray} d={`M${400 + ray * 74} 780L${400 + ray * 190} 1000`} className="stroke-line" strokeWidth="2" />
      ))}
      <path d="M0 780H800M0 822H800M0 888H800" className="stroke-line" strokeWidth="2" />
      <path d="M300 0H500L680 1000H120Z" fill="url(#light)" />
      <ellipse cx="400" cy="884" rx="196" ry="48" className="fill-chain" fillOpacity="0.22" />
      <path d="M262 884h276M400 850v68" className="stroke-chain" strokeOpacity="0.6" strokeWidth="2" />
      <ellipse
        cx="400"
        cy="884"
        rx="138"
        ry="33"
        fill="none"
        className="stroke-chain"
        strokeOpacity="0.6"
        strokeWidth="2"
      />
    </svg>
  );
}
