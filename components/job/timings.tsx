import type { MetricsResource } from '#lib/jobs/resource';
import { formatDuration } from '../ui/quantities.ts';
import type { StageInfo } from './stage-list.tsx';

/** How long each stage took, against the longest of them. */
export function Timings({ metrics, stages }: { metrics: MetricsResource; stages: readonly StageInfo[] }) {
  const longestMs = Math.max(1, ...Object.values(metrics.stage_ms));
  return (
    <table className="w-full text-small">
      <caption className="sr-only">Time each stage took</caption>
      <tbody>
        {stages.map(({ name, label }) => {
          const ms = metrics.stage_ms[name];
          if (ms === undefined) return null;
          return (
            <tr key={name}>
              <th scope="row" className="py-1 pr-3 text-left font-normal text-soft">
                {label}
              </th>
              <td aria-hidden="true" className="w-2/5 py-1">
                <span
                  className="block h-1.5 min-w-0.5 rounded-full bg-accent/75"
                  style={{ width: `${(ms / longestMs) * 100}%` }}
                />
              </td>
              <td className="py-1 pl-3 text-right font-mono whitespace-nowrap">{formatDuration(ms)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="border-t border-line">
          <th scope="row" colSpan={2} className="pt-2 text-left font-medium">
            In all
          </th>
          <td className="pt-2 text-right font-mono whitespace-nowrap">{formatDuration(metrics.total_ms)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
