import type { Database } from '#lib/db/client';

/** What the database saw happen, in the order in which it did. */
export interface Happening {
  event: 'claimed' | 'stage recorded' | 'completed';
  job_id: string;
  stage: string | null;
  worker_id: string | null;
}

const RECORD = `CREATE TABLE happenings (
  id INTEGER PRIMARY KEY, event TEXT NOT NULL, job_id TEXT NOT NULL, stage TEXT, worker_id TEXT)`;
const NOTE = 'INSERT INTO happenings (event, job_id, stage, worker_id) VALUES';

/** Have the database itself write down every claim, every record of a stage and every completion, whoever makes them. */
export async function recordHistory(db: Database): Promise<void> {
  await db.$client.batch([
    RECORD,
    `CREATE TRIGGER note_claim AFTER UPDATE OF status ON jobs WHEN NEW.status = 'processing'
      BEGIN ${NOTE} ('claimed', NEW.id, NULL, NEW.worker_id); END`,
    `CREATE TRIGGER note_completion AFTER UPDATE OF status ON jobs WHEN NEW.status = 'completed'
      BEGIN ${NOTE} ('completed', NEW.id, NULL, OLD.worker_id); END`,
    `CREATE TRIGGER note_stage AFTER INSERT ON job_stages
      BEGIN ${NOTE} ('stage recorded', NEW.job_id, NEW.stage, NULL); END`,
    `CREATE TRIGGER note_stage_again AFTER UPDATE ON job_stages
      BEGIN ${NOTE} ('stage recorded', NEW.job_id, NEW.stage, NULL); END`,
  ]);
}

export async function history(db: Database): Promise<Happening[]> {
  const { rows } = await db.$client.execute(
    'SELECT event, job_id, stage, worker_id FROM happenings ORDER BY id',
  );
  return rows as unknown as Happening[];
}
