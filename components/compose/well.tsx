'use client';

import { type DragEvent, type ReactNode, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { FieldChart } from './field-chart.tsx';

interface WellProps {
  className?: string;
  /** Takes what is dropped or pasted here; without it, the page does. */
  onFiles?: (files: Iterable<File>) => void;
  children: ReactNode;
}

/** A place to lay pictures on, which shows when one is held over it. */
export function Well({ className, onFiles, children }: WellProps) {
  const [over, setOver] = useState(false);
  const leave = (event: DragEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
  };
  const take = (event: React.SyntheticEvent, files: FileList) => {
    setOver(false);
    if (!onFiles || files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onFiles(files);
  };
  return (
    <div
      onDragEnter={() => setOver(true)}
      onDragLeave={leave}
      onDrop={(event) => take(event, event.dataTransfer.files)}
      onPaste={(event) => take(event, event.clipboardData.files)}
      className={classNames(
        'relative isolate grid overflow-hidden rounded-control bg-well transition-shadow',
        over && 'ring-2 ring-accent',
        className,
      )}
    >
      <FieldChart className="absolute inset-0 -z-10 size-full text-line" />
      {children}
    </div>
  );
}
