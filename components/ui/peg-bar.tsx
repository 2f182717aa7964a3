/** The registration pegs of an animation desk: what holds every sheet in line. Decoration only. */
export function PegBar({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 148 10" aria-hidden="true" className={className} fill="currentColor">
      <rect x="0" y="2" width="26" height="6" rx="3" />
      <circle cx="74" cy="5" r="5" />
      <rect x="122" y="2" width="26" height="6" rx="3" />
    </svg>
  );
}
