import { classNames } from '../ui/class-names.ts';

const FIELDS = [1, 2, 3, 4, 5, 6];

/** The field chart of an animation desk: where the camera's frame lies at each distance. Decoration only. */
export function FieldChart({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 120 75"
      preserveAspectRatio="none"
      aria-hidden="true"
      className={classNames(
        '[mask-image:radial-gradient(closest-side,transparent_55%,black_115%)]',
        className,
      )}
      fill="none"
      stroke="currentColor"
    >
      {FIELDS.map((field) => (
        <rect
          key={field}
          x={60 - field * 9.6}
          y={37.5 - field * 6}
          width={field * 19.2}
          height={field * 12}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      <path d="M0 0 120 75M120 0 0 75M60 0v75M0 37.5h120" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
