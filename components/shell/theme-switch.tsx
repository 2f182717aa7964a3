import { classNames } from '../ui/class-names.ts';

export type Theme = 'system' | 'light' | 'dark';

const THEMES: { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Light, dark or as the system says: three buttons of one form, so it works before and without scripts. */
export function ThemeSwitch({ theme, action }: { theme: Theme; action: (data: FormData) => Promise<void> }) {
  return (
    <form action={action} className="inline-flex rounded-control bg-ink/8 p-0.5" aria-label="Appearance">
      {THEMES.map(({ value, label }) => (
        <button
          key={value}
          type="submit"
          name="theme"
          value={value}
          aria-pressed={value === theme}
          className={classNames(
            'rounded-[0.3rem] px-2.5 py-1.5 text-small transition-colors',
            value === theme ? 'bg-thumb text-ink shadow-sm' : 'text-soft hover:text-ink',
          )}
        >
          {label}
        </button>
      ))}
    </form>
  );
}
