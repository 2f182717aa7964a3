'use client';

interface PhotoInputProps {
  id: string;
  /** What the form calls it. */
  name: string;
  /** What a screen reader calls it. */
  label: string;
  /** MIME types it offers. */
  types: readonly string[];
  multiple?: boolean;
  required?: boolean;
  onAdd: (files: Iterable<File>) => void;
}

/** Before the page has its scripts this input is the form's own; afterwards it hands its files over, and is empty again. */
export function PhotoInput({ label, types, onAdd, ...input }: PhotoInputProps) {
  return (
    <input
      {...input}
      type="file"
      accept={types.join(',')}
      aria-label={label}
      onChange={({ target }) => {
        onAdd(target.files ?? []);
        target.value = '';
      }}
      className="sr-only"
    />
  );
}
