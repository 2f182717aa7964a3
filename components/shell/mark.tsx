/** Three standing sheets of glass, the nearest one lit. */
export function Mark({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="2 4 28 24" aria-hidden="true" className={className}>
      <g fill="currentColor" stroke="currentColor" strokeLinejoin="round" className="text-accent">
        <path d="M5 11.2 12.5 7v13.8L5 25z" fillOpacity=".14" strokeOpacity=".5" />
        <path d="M12.2 11.2 19.7 7v13.8l-7.5 4.2z" fillOpacity=".4" strokeOpacity=".75" />
        <path d="M19.5 11.2 27 7v13.8L19.5 25z" />
      </g>
    </svg>
  );
}
