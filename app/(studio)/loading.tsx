import { PegBar } from '#components/ui/peg-bar';

export default function Loading() {
  return (
    <div role="status" className="grid min-h-[50vh] place-items-center">
      <PegBar className="breathing h-2.5 text-accent" />
      <span className="sr-only">Loading</span>
    </div>
  );
}
