/** What a benchmark should show. The value is null where it could not be measured here. */
export interface Aim {
  what: string;
  value: number | null;
  limit: number;
  sense: 'at least' | 'at most';
  unit: string;
}

export function atLeast(what: string, value: number | null, limit: number, unit: string): Aim {
  return { what, value, limit, sense: 'at least', unit };
}

export function atMost(what: string, value: number | null, limit: number, unit: string): Aim {
  return { what, value, limit, sense: 'at most', unit };
}

/** Whether the aim was met; null where it could not be told. */
export function isMet({ value, limit, sense }: Aim): boolean | null {
  if (value === null) return null;
  return sense === 'at least' ? value >= limit : value <= limit;
}

/** Aims as the rows of a table. */
export function aimRows(aims: Aim[]): string[][] {
  return [
    ['aim', 'reached', 'wanted', ''],
    ...aims.map((aim) => [aim.what, reached(aim), `${aim.sense} ${aim.limit}${aim.unit}`, verdict(aim)]),
  ];
}

function reached({ value, unit }: Aim): string {
  return value === null ? '' : `${value.toFixed(2)}${unit}`;
}

function verdict(aim: Aim): string {
  const met = isMet(aim);
  if (met === null) return 'not measured';
  return met ? 'met' : 'missed';
}
