const PANE = { width: 190, height: 236 };

/** What the product does, drawn: one scene apart on four sheets of glass. Decoration only. */
export function StandingSheets({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 520 348" aria-hidden="true" className={className}>
      <clipPath id="pane">
        <rect {...PANE} rx="5" />
      </clipPath>
      <Pane x={8}>
        <circle cx="104" cy="96" r="38" className="fill-accent/75" />
        <path d="M0 168h190v68H0z" className="fill-accent/10" />
      </Pane>
      <Pane x={110}>
        <path d="M-4 190 44 122l34 40 46-70 70 98v50H-4z" className="fill-accent/35" />
      </Pane>
      <Pane x={212}>
        <path d="M-4 214q98-34 198 0v30H-4z" className="fill-accent/55" />
        <path
          d="M92 206v-30H62l22-28H70l20-28H78l22-34 22 34h-12l20 28h-14l22 28h-30v30z"
          className="fill-accent/80"
        />
      </Pane>
      <Pane x={314}>
        <path
          d="M-4 240v-34l14 16 2-40 16 38 8-58 12 60 18-30 4 36 22-16 14-44 8 50 20-28 6 30 18-46 10 40 20-30 10 30v26z"
          className="fill-accent-strong"
        />
      </Pane>
    </svg>
  );
}

function Pane({ x, children }: { x: number; children: React.ReactNode }) {
  return (
    <g transform={`translate(${x} 74) skewY(-15)`}>
      <rect {...PANE} rx="5" className="fill-sheet/55" />
      <g clipPath="url(#pane)">{children}</g>
      <rect {...PANE} rx="5" fill="none" className="stroke-accent/55" strokeWidth="1.25" />
      <g className="fill-accent/55">
        <rect x="62" y="9" width="14" height="4" rx="2" />
        <circle cx="95" cy="11" r="2.5" />
        <rect x="114" y="9" width="14" height="4" rx="2" />
      </g>
    </g>
  );
}
