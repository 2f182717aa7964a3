'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';

/** Degrees of tilt that look as far to the side as one can. */
const FULL_TILT = 18;
/** How a phone is held: its upper edge raised by this much. */
const REST_TILT = 40;

type AskingOrientation = typeof DeviceOrientationEvent & { requestPermission?: () => Promise<string> };

/** On a device that can be tilted: look by tilting it. Some ask the person first, so it takes a press. */
export function TiltButton({ look }: { look: (x: number, y: number) => void }) {
  const tiltable = useSyncExternalStore(subscribeNever, canTilt, () => false);
  const [tilting, setTilting] = useState(false);

  useEffect(() => {
    if (!tilting) return;
    const follow = ({ gamma, beta }: DeviceOrientationEvent) =>
      look((gamma ?? 0) / FULL_TILT, ((beta ?? REST_TILT) - REST_TILT) / FULL_TILT);
    window.addEventListener('deviceorientation', follow);
    return () => window.removeEventListener('deviceorientation', follow);
  }, [tilting, look]);

  async function toggle() {
    const asking = DeviceOrientationEvent as AskingOrientation;
    const granted = tilting || (await asking.requestPermission?.().catch(() => 'denied')) !== 'denied';
    if (granted) setTilting(!tilting);
  }

  if (!tiltable) return null;
  return (
    <Button look="plain" aria-pressed={tilting} onClick={toggle} className="min-h-9 px-3 text-small">
      {tilting ? 'Stop tilting' : 'Tilt to look'}
    </Button>
  );
}

function canTilt(): boolean {
  return 'DeviceOrientationEvent' in window && matchMedia('(pointer: coarse)').matches;
}

function subscribeNever() {
  return () => undefined;
}
