import { createUser } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import { createApiKey } from '#lib/auth/api-keys';
import { inPerson } from '#lib/auth/caller';
import { SCOPES } from '#lib/auth/scopes';
import type { Actor } from '#lib/core/actor';
import { type Client, createClient } from '#lib/client/client';
import { newId } from '#lib/core/ids';
import type { JobResource, JobStatus } from '#lib/jobs/resource';
import { waitFor } from '../wait-for.ts';
import type { Studio } from './studio.ts';

export const PASSWORD = 'correct horse battery';

/** A program with an API key of its own, as it talks to a studio. */
export class Api {
  readonly studio: Studio;
  readonly actor: Actor;
  readonly email: string;
  readonly key: string;
  readonly client: Client;

  private constructor(studio: Studio, actor: Actor, email: string, key: string) {
    this.studio = studio;
    this.actor = actor;
    this.email = email;
    this.key = key;
    this.client = createClient({ baseUrl: studio.url, apiKey: key });
  }

  /** Make an account with a key. */
  static async create(studio: Studio, role: Actor['role'] = 'user'): Promise<Api> {
    const email = `${newId()}@example.test`;
    const user = await createUser(studio.db, { email, password: PASSWORD }, role, studio.now());
    const actor = actorOf(user);
    const wanted = { name: 'test', scopes: [...SCOPES] };
    const { key } = await createApiKey(studio.db, inPerson(actor), wanted, studio.now());
    return new Api(studio, actor, email, key);
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { 'X-API-Key': this.key, ...(init.headers as Record<string, string>) };
    return fetch(`${this.studio.url}${path}`, { ...init, headers });
  }

  async json<T>(path: string, init?: RequestInit): Promise<T> {
    const answer = await this.fetch(path, init);
    if (!answer.ok) throw new Error(`${answer.status} ${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  post(path: string): Promise<Response> {
    return this.fetch(path, { method: 'POST' });
  }

  /** POST /generate with a photo and fields, as a multipart form. */
  submit(
    photo: Photo | null,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ pipeline: 'photo-realistic', ...fields }))
      form.append(name, value);
    if (photo) form.append('image', new Blob([photo.bytes as BlobPart], { type: photo.type }), photo.name);
    return this.fetch('/api/v1/generate', { method: 'POST', body: form, headers });
  }

  /** The same, for what has to be accepted. */
  async generate(photo: Photo | null, fields?: Record<string, string>): Promise<JobResource> {
    const answer = await this.submit(photo, fields);
    if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as JobResource;
  }

  job(id: string): Promise<JobResource> {
    return this.client.call('getJob', { params: { id } });
  }

  /** The job once it has the status. Throws at once where it fails instead. */
  async untilStatus(id: string, status: JobStatus): Promise<JobResource> {
    const settled = await waitFor(`job ${id} to be ${status}`, async () => {
      const job = await this.job(id);
      return job.status === status || job.status === 'failed' ? job : null;
    });
    if (settled.status !== status) throw new Error(`The job failed: ${JSON.stringify(settled.error)}`);
    return settled;
  }

  /** The job once the named stage is running. */
  untilStage(id: string, stage: string): Promise<JobResource> {
    return waitFor(`stage ${stage}`, async () => {
      const job = await this.job(id);
      return job.progress.stage === stage ? job : null;
    });
  }

  async output(id: string, name: string): Promise<Buffer> {
    const answer = await this.client.call('getJobOutput', { params: { id, name } });
    return Buffer.from(await answer.arrayBuffer());
  }
}

export interface Photo {
  name: string;
  type: string;
  bytes: Uint8Array;
}
