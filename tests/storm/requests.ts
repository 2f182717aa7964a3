import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import type { JobResource } from '#lib/jobs/resource';
import type { Api, Photo } from '../e2e/api.ts';
import { waitFor } from '../wait-for.ts';
import type { PlannedJob } from './plan.ts';

/** HTTP status of a server that cannot do it for now. */
const UNAVAILABLE = 503;

/** What is known of a job from outside: what was asked for it, and what was answered. */
export interface SentJob {
  readonly number: number;
  readonly planned: PlannedJob;
  /** `lost`: sent once, and no answer came; there may be such a job. */
  sent: 'not yet' | 'accepted' | 'lost';
  id: string | null;
  /** Id of the batch it is one of. */
  batch: string | null;
  /** After a retry nobody knows: one that was granted and whose answer was lost is refused the next time. */
  cancel: 'none' | 'granted' | 'granted, then retried';
  deleted: boolean;
}

interface Answer {
  status: number;
  body: string;
}

/** People who send jobs and ask things of them, however often the web process dies under their requests. */
export class Requests {
  readonly jobs: SentJob[];
  /** What each request made that was sent under a key: id of a job or batch, by key. */
  readonly made = new Map<string, string>();
  /** Answers that nothing in the plan can lead to. */
  readonly refusals: string[] = [];
  /** Requests whose answer is awaited. */
  underWay = 0;
  /** Requests that broke off or met a 5xx at first. */
  broken = 0;
  readonly #owners: Api[];
  readonly #pictures: Photo[];
  /** Each job's requests and each owner's go one after the other. */
  readonly #lines = new Map<unknown, Promise<void>>();

  constructor(planned: PlannedJob[], owners: Api[], pictures: Photo[]) {
    this.#owners = owners;
    this.#pictures = pictures;
    this.jobs = planned.map((job, number) => ({
      number,
      planned: job,
      sent: 'not yet',
      id: null,
      batch: null,
      cancel: 'none',
      deleted: false,
    }));
  }

  /** One job, or several as a batch. */
  submit(numbers: number[]): void {
    const jobs = numbers.map((number) => this.jobs[number]!);
    const sent = this.#submit(jobs);
    for (const job of jobs) this.#inLine(job, () => sent);
  }

  cancel(number: number): void {
    this.#ask(number, async (job, path) => {
      const { status } = await this.#insist(job, `${path}/cancel`, { method: 'POST' });
      if (status === 200) job.cancel = 'granted';
    });
  }

  retry(number: number): void {
    this.#ask(number, async (job, path) => {
      if (job.cancel === 'granted') job.cancel = 'granted, then retried';
      await this.#insist(job, `${path}/retry`, { method: 'POST' });
    });
  }

  delete(number: number): void {
    this.#ask(number, async (job, path) => {
      const { status } = await this.#insist(job, path, { method: 'DELETE' });
      job.deleted = status === 204 || status === 404;
    });
  }

  /** Pause the batch that a job is one of, or let it go on. */
  controlBatch(number: number, verb: 'pause' | 'resume'): void {
    const job = this.jobs[number]!;
    this.#inLine(job, async () => {
      await this.#insist(job, `/api/v1/batches/${job.batch}/${verb}`, { method: 'POST' });
    });
  }

  /** Stop or start an owner's queue. */
  controlQueue(owner: number, verb: 'stop' | 'start'): void {
    const api = this.#owners[owner]!;
    this.#inLine(api, async () => {
      await this.#untilAnswered(() => api.post(`/api/v1/queue/${verb}`));
    });
  }

  /** Wait until every request has its answer. */
  async settled(): Promise<void> {
    await Promise.all(this.#lines.values());
  }

  #inLine(line: unknown, request: () => Promise<void>): void {
    const earlier = this.#lines.get(line) ?? Promise.resolve();
    this.underWay++;
    const done = earlier
      .then(request)
      .catch((error: Error) => void this.refusals.push(error.message))
      .finally(() => this.underWay--);
    this.#lines.set(line, done);
  }

  /** Ask something of a job that is known to be there. */
  #ask(number: number, request: (job: SentJob, path: string) => Promise<void>): void {
    const job = this.jobs[number]!;
    this.#inLine(job, async () => {
      if (job.id && !job.deleted) await request(job, `/api/v1/jobs/${job.id}`);
    });
  }

  async #submit(jobs: SentJob[]): Promise<void> {
    const { keyed } = jobs[0]!.planned;
    const answer = await (keyed ? this.#untilAnswered(() => this.#send(jobs)) : this.#once(jobs));
    for (const job of jobs) job.sent = answer ? 'accepted' : 'lost';
    if (!answer) return;
    if (answer.status !== 202) throw new Error(`Job ${jobs[0]!.number}: ${answer.status} ${answer.body}`);
    const made = JSON.parse(answer.body) as JobResource | BatchResource;
    if (keyed) this.made.set(keyOf(jobs), made.id);
    if ('items' in made) noteMembers(jobs, made);
    else jobs[0]!.id = made.id;
  }

  #send(jobs: SentJob[]): Promise<Response> {
    const { keyed, owner } = jobs[0]!.planned;
    const isBatch = jobs.length > 1;
    const headers: Record<string, string> = keyed ? { 'Idempotency-Key': keyOf(jobs) } : {};
    const init = { method: 'POST', body: this.#formOf(jobs, isBatch ? 'images' : 'image'), headers };
    return this.#owners[owner]!.fetch(isBatch ? '/api/v1/batches' : '/api/v1/generate', init);
  }

  #formOf(jobs: SentJob[], field: string): FormData {
    const form = new FormData();
    const { params, priority } = jobs[0]!.planned;
    const fields = { pipeline: 'drill', priority, ...params };
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    for (const { planned } of jobs) {
      if (planned.picture === null) continue;
      const { bytes, type, name } = this.#pictures[planned.picture]!;
      form.append(field, new Blob([bytes as BlobPart], { type }), name);
    }
    return form;
  }

  /** Null where the request broke off, or the server could not do it. */
  async #once(jobs: SentJob[]): Promise<Answer | null> {
    const answer = await this.#answerOf(this.#send(jobs)).catch(() => null);
    if (!answer) this.broken++;
    return answer;
  }

  #insist({ planned }: SentJob, path: string, init: RequestInit): Promise<Answer> {
    return this.#untilAnswered(() => this.#owners[planned.owner]!.fetch(path, init));
  }

  async #untilAnswered(ask: () => Promise<Response>): Promise<Answer> {
    let tries = 0;
    const answer = await waitFor('an answer', () => {
      tries++;
      return this.#answerOf(ask());
    });
    if (tries > 1) this.broken++;
    return answer;
  }

  /** Throws where the request broke off, or the server could not do it for now. */
  async #answerOf(response: Promise<Response>): Promise<Answer> {
    const answer = await response;
    const { status, url } = answer;
    const body = await answer.text();
    if (status < 500) return { status, body };
    const told = `${status} ${new URL(url).pathname}: ${body}`;
    if (status !== UNAVAILABLE) this.refusals.push(told);
    throw new Error(told);
  }
}

function noteMembers(jobs: SentJob[], batch: BatchResource): void {
  for (const { position, job_id } of batch.items) {
    jobs[position]!.id = job_id;
    jobs[position]!.batch = batch.id;
  }
}

function keyOf([first]: SentJob[]): string {
  return `storm-${first!.number}`;
}
