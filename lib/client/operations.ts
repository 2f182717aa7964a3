/* Made of the OpenAPI document by `npm run client`. Not to be edited. */

export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
/**
 * The state of its job, or that the picture was not taken.
 */
export type BatchItemStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'refused';

/**
 * What each operation is given, and what it answers with.
 */
export interface Operations {
  /**
   * Make a job
   */
  generate: {
    query?: {
      /**
       * Check everything and say how it would go, but make nothing
       */
      dry_run?: boolean;
    };
    body:
      | PhotoRealisticJobForm
      | PainterlyJobForm
      | T2VJobForm
      | I2VJobForm
      | Ti2VJobForm
      | CutoutJobForm
      | UpscaleJobForm
      | BatchMemberForm;
    answer: (Job | JobDryRun) | Job;
  };
  /**
   * Your jobs, newest first
   */
  listJobs: {
    query?: {
      /**
       * In this state
       */
      status?: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
      /**
       * Of this pipeline
       */
      pipeline?: string;
      /**
       * With this model
       */
      model?: string;
      /**
       * Of this batch
       */
      batch?: string;
      /**
       * Found in a parameter’s value, or in the file name of a picture
       */
      text?: string;
      /**
       * Made at this time or later
       */
      created_after?: string;
      /**
       * Made before this time
       */
      created_before?: string;
      /**
       * `next_cursor` of the page before
       */
      cursor?: string;
      /**
       * How many at most
       */
      limit?: number;
    };
    answer: JobPage;
  };
  /**
   * One job
   */
  getJob: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    query?: {
      /**
       * Makes `result_url` and the addresses of outputs signed links that hold for so many seconds.
       */
      signed_links?: number;
    };
    answer: Job;
  };
  /**
   * Delete a finished job with its files
   */
  deleteJob: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: undefined;
  };
  /**
   * Cancel a job
   */
  cancelJob: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Job;
  };
  /**
   * Try a failed or cancelled job again
   */
  retryJob: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Job;
  };
  /**
   * What becomes of a job, as it happens
   */
  getJobEvents: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Response;
  };
  /**
   * What the result of a running job looks like so far
   */
  getJobPreview: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    query?: {
      /**
       * Which one, so that each has an address of its own
       */
      v?: string;
    };
    answer: Response;
  };
  /**
   * One file that a job made
   */
  getJobOutput: {
    params: {
      /**
       * A UUID
       */
      id: string;
      /**
       * The output’s name
       */
      name: string;
    };
    query?: {
      /**
       * `1` asks a browser to save it
       */
      download?: '0' | '1';
      /**
       * Of a signed link
       */
      expires?: string;
      /**
       * Of a signed link: the id of the key that made it
       */
      key?: string;
      /**
       * Of a signed link, in place of a key
       */
      signature?: string;
    };
    answer: Response;
  };
  /**
   * A link to one file that works without a key, until it expires
   */
  linkJobOutput: {
    params: {
      /**
       * A UUID
       */
      id: string;
      /**
       * The output’s name
       */
      name: string;
    };
    body?: {
      /**
       * How long the link holds.
       */
      expires_in_seconds?: number;
    };
    answer: SignedLink;
  };
  /**
   * All that a job made, as one ZIP file with a manifest
   */
  getJobArchive: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Response;
  };
  /**
   * Send a picture, to be used by jobs and batches
   */
  createUpload: {
    body: {
      /**
       * The picture, with a file name
       */
      image: Blob;
    };
    answer: Upload;
  };
  /**
   * What is known of an upload
   */
  getUpload: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Upload;
  };
  /**
   * The picture itself, as it was sent
   */
  getUploadContent: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    query?: {
      /**
       * `1` asks a browser to save it
       */
      download?: '0' | '1';
    };
    answer: Response;
  };
  /**
   * How many of your jobs are in each state, and a page of them
   */
  getQueue: {
    query?: {
      /**
       * In this state
       */
      status?: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
      /**
       * Of this pipeline
       */
      pipeline?: string;
      /**
       * With this model
       */
      model?: string;
      /**
       * Of this batch
       */
      batch?: string;
      /**
       * Found in a parameter’s value, or in the file name of a picture
       */
      text?: string;
      /**
       * Made at this time or later
       */
      created_after?: string;
      /**
       * Made before this time
       */
      created_before?: string;
      /**
       * `next_cursor` of the page before
       */
      cursor?: string;
      /**
       * How many at most
       */
      limit?: number;
    };
    answer: Queue;
  };
  /**
   * Your active jobs, to be asked for as often as every second
   */
  pollQueue: {
    answer: QueuePoll;
  };
  /**
   * Let a queue that was stopped go on
   */
  startQueue: {
    query?: {
      /**
       * Whose queue; `everyone` is for administrators, and takes a key that has `admin`
       */
      scope?: 'mine' | 'everyone';
    };
    answer: QueuePause;
  };
  /**
   * Pause a queue; what runs goes back to it with its finished stages kept
   */
  stopQueue: {
    query?: {
      /**
       * Whose queue; `everyone` is for administrators, and takes a key that has `admin`
       */
      scope?: 'mine' | 'everyone';
    };
    answer: QueuePause;
  };
  /**
   * Delete your finished jobs with their files
   */
  clearQueue: {
    answer: {
      /**
       * How many jobs.
       */
      deleted: number;
    };
  };
  /**
   * Make a job of each of many pictures
   */
  createBatch: {
    query?: {
      /**
       * Check everything and say how it would go, but make nothing
       */
      dry_run?: boolean;
    };
    body:
      | PhotoRealisticBatchForm
      | PainterlyBatchForm
      | I2VBatchForm
      | Ti2VBatchForm
      | CutoutBatchForm
      | UpscaleBatchForm;
    answer: BatchDryRun | Batch;
  };
  /**
   * Your batches, newest first
   */
  listBatches: {
    query?: {
      /**
       * `next_cursor` of the page before
       */
      cursor?: string;
      /**
       * How many at most
       */
      limit?: number;
    };
    answer: BatchPage;
  };
  /**
   * One batch with what became of each picture
   */
  getBatch: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Batch;
  };
  /**
   * Cancel every job of a batch that has not ended
   */
  cancelBatch: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Batch;
  };
  /**
   * Hold what waits of a batch; what runs goes back to the queue
   */
  pauseBatch: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Batch;
  };
  /**
   * Let a batch that was paused go on
   */
  resumeBatch: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Batch;
  };
  /**
   * Try the failed jobs of a batch again
   */
  retryFailedOfBatch: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Batch;
  };
  /**
   * What a batch has made so far, as one ZIP file with a manifest
   */
  getBatchArchive: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Response;
  };
  /**
   * The catalogue of models
   */
  listModels: {
    query?: {
      /**
       * Only those that this pipeline makes use of
       */
      pipeline?: string;
      /**
       * Only those that can, or cannot, run on this machine
       */
      available?: boolean;
    };
    answer: ModelList;
  };
  /**
   * One model
   */
  getModel: {
    params: {
      /**
       * As in the catalogue
       */
      id: string;
    };
    answer: Model;
  };
  /**
   * Fetch the weights of a model
   */
  downloadModel: {
    params: {
      /**
       * As in the catalogue
       */
      id: string;
    };
    answer: undefined;
  };
  /**
   * Let go of the memory that a model takes
   */
  unloadModel: {
    params: {
      /**
       * As in the catalogue
       */
      id: string;
    };
    answer: undefined;
  };
  /**
   * Remove the weights of a model from the disk
   */
  deleteWeights: {
    params: {
      /**
       * As in the catalogue
       */
      id: string;
    };
    answer: undefined;
  };
  /**
   * A better prompt
   */
  enhancePrompt: {
    body: {
      prompt: string;
      pipeline: 'painterly' | 't2v' | 'i2v' | 'ti2v';
      /**
       * The one that is to read it; some know few words.
       */
      model?: string;
      /**
       * Left out: the one that the prompt names itself, or what is usual of the pipeline.
       */
      style?: 'natural' | 'cinematic' | 'documentary' | 'noir' | 'dreamlike' | 'painted' | 'animated';
      /**
       * The same number gives the same answer again.
       */
      seed?: number;
    };
    answer: EnhancedPrompt;
  };
  /**
   * Your API keys, newest first
   */
  listApiKeys: {
    query?: {
      /**
       * `next_cursor` of the page before
       */
      cursor?: string;
      /**
       * How many at most
       */
      limit?: number;
    };
    answer: ApiKeyPage;
  };
  /**
   * Make an API key
   */
  createApiKey: {
    body: {
      /**
       * What it is for
       */
      name: string;
      /**
       * What it may be used for
       *
       * @minItems 1
       */
      scopes?: ('jobs:read' | 'jobs:write' | 'models:write' | 'admin')[];
      /**
       * Requests that change something, in an hour; null for as many as any key
       */
      hourly_limit?: number | null;
      /**
       * Requests that change something, in a day; null for as many as any key
       */
      daily_limit?: number | null;
      /**
       * Not taken from then on; null for never
       */
      expires_at?: string | null;
    };
    answer: MadeApiKey;
  };
  /**
   * One API key
   */
  getApiKey: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: ApiKey;
  };
  /**
   * Change what an API key is called, what it may do and how often
   */
  changeApiKey: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    body: {
      /**
       * What it is for
       */
      name?: string;
      /**
       * What it may be used for
       *
       * @minItems 1
       */
      scopes?: ('jobs:read' | 'jobs:write' | 'models:write' | 'admin')[];
      /**
       * Requests that change something, in an hour; null for as many as any key
       */
      hourly_limit?: number | null;
      /**
       * Requests that change something, in a day; null for as many as any key
       */
      daily_limit?: number | null;
    };
    answer: ApiKey;
  };
  /**
   * End an API key for good
   */
  revokeApiKey: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: undefined;
  };
  /**
   * Have a new key take the place of an old one
   */
  rotateApiKey: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    body: {
      /**
       * How much longer the old key is taken
       */
      overlap_seconds?: number;
    };
    answer: MadeApiKey;
  };
  /**
   * The audit log, newest first
   */
  listAudit: {
    query?: {
      /**
       * `next_cursor` of the page before
       */
      cursor?: string;
      /**
       * How many at most
       */
      limit?: number;
      /**
       * Only acts of this kind
       */
      action?:
        | 'sign_in.accepted'
        | 'sign_in.refused'
        | 'sign_out'
        | 'account.created'
        | 'password.changed'
        | 'api_key.created'
        | 'api_key.changed'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'webhook.created'
        | 'webhook.changed'
        | 'webhook.deleted'
        | 'job.deleted'
        | 'queue.cleared'
        | 'queue.stopped_for_everyone'
        | 'queue.started_for_everyone';
      /**
       * Only what this account did
       */
      actor?: string;
    };
    answer: AuditPage;
  };
  /**
   * Be told when your jobs end
   */
  createWebhook: {
    body: {
      /**
       * Where messages are sent, by POST
       */
      url: string;
      /**
       * For yourself
       */
      description?: string;
      /**
       * What to tell of
       *
       * @minItems 1
       */
      events?: ('job.completed' | 'job.failed' | 'job.cancelled')[];
    };
    answer: MadeWebhook;
  };
  /**
   * Your webhooks, newest first
   */
  listWebhooks: {
    answer: WebhookList;
  };
  /**
   * One webhook
   */
  getWebhook: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: Webhook;
  };
  /**
   * Change a webhook, or switch it off or on
   */
  updateWebhook: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    body: {
      /**
       * Where messages are sent, by POST
       */
      url?: string;
      /**
       * For yourself
       */
      description?: string;
      /**
       * What to tell of
       *
       * @minItems 1
       */
      events?: ('job.completed' | 'job.failed' | 'job.cancelled')[];
      /**
       * Whether anything is sent. What waits, fails when this ends.
       */
      enabled?: boolean;
    };
    answer: Webhook;
  };
  /**
   * Remove a webhook with its deliveries
   */
  deleteWebhook: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: undefined;
  };
  /**
   * Give a webhook a new secret
   */
  rotateWebhookSecret: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    body: {
      /**
       * How much longer messages are signed with the old secret too
       */
      overlap_seconds?: number;
    };
    answer: MadeWebhook;
  };
  /**
   * Have a `ping` sent to a webhook
   */
  testWebhook: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    answer: WebhookDelivery;
  };
  /**
   * What was sent to a webhook in the last 30 days, or waits to be, newest first
   */
  listWebhookDeliveries: {
    params: {
      /**
       * A UUID
       */
      id: string;
    };
    query?: {
      /**
       * In this state
       */
      status?: 'pending' | 'delivered' | 'failed';
      /**
       * `next_cursor` of the page before
       */
      cursor?: string;
      /**
       * How many at most
       */
      limit?: number;
    };
    answer: WebhookDeliveryPage;
  };
  /**
   * One delivery with its message
   */
  getWebhookDelivery: {
    params: {
      /**
       * A UUID
       */
      id: string;
      /**
       * A UUID
       */
      delivery: string;
    };
    answer: WebhookDeliveryWithMessage;
  };
  /**
   * Send the same message again, under its old id
   */
  replayWebhookDelivery: {
    params: {
      /**
       * A UUID
       */
      id: string;
      /**
       * A UUID
       */
      delivery: string;
    };
    answer: WebhookDelivery;
  };
  /**
   * What you have used, and what is left of your quotas and budgets
   */
  getUsage: {
    answer: Usage;
  };
  /**
   * Whether the web process answers; nothing more is asked
   */
  getHealth: {
    answer: {
      status: 'ok';
    };
  };
  /**
   * Whether jobs would be taken and done
   */
  getReadiness: {
    answer: Readiness;
  };
  /**
   * How the queue, the workers and this web process do, for Prometheus
   */
  getMetrics: {
    answer: Response;
  };
  /**
   * This API as an OpenAPI 3.1 document
   */
  getOpenApi: {
    answer: {
      [k: string]: unknown;
    };
  };
}
/**
 * Cuts one photo into layers by depth, and fills what each nearer layer hides.
 */
export interface PhotoRealisticJobForm {
  pipeline: 'photo-realistic';
  model?: 'auto' | 'tcmonodepth-small' | 'fastdepth';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  /**
   * Photo, with a file name. Needed in one of the ways.
   */
  image?: Blob;
  /**
   * Photo: an upload made before. Needed in one of the ways.
   */
  image_upload_id?: string;
  /**
   * Photo: gs://bucket/object, or an https address that the operator allows. Needed in one of the ways.
   */
  image_url?: string;
  /**
   * How many sheets the picture is cut into, far to near.
   */
  num_layers?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * Repaints one photo in a style or after a prompt, and cuts the painting into layers by depth.
 */
export interface PainterlyJobForm {
  pipeline: 'painterly';
  model?: 'auto' | 'cartoongan' | 'lcm-dreamshaper-v7' | 'stable-diffusion-1.5';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  /**
   * Photo, with a file name. Needed in one of the ways.
   */
  image?: Blob;
  /**
   * Photo: an upload made before. Needed in one of the ways.
   */
  image_upload_id?: string;
  /**
   * Photo: gs://bucket/object, or an https address that the operator allows. Needed in one of the ways.
   */
  image_url?: string;
  /**
   * Skylight: clear light and soft detail. Meadow: warm, with drawn outlines. Summer: bright and airy. Dream: deep colours and bold outlines.
   */
  style?: 'skylight' | 'meadow' | 'summer' | 'dream';
  /**
   * What is painted, and how: “a watercolour of a harbour, loose strokes”. For models that read one.
   */
  prompt?: string;
  /**
   * What the painting is to keep away from. For models that read a prompt.
   */
  negative_prompt?: string;
  /**
   * From noise to painting; more take longer, and see to finer things. For models that read a prompt.
   */
  steps?: number;
  /**
   * How closely the prompt is kept to. For models that read one.
   */
  guidance?: number;
  /**
   * How the steps from noise to painting are taken. For models that read a prompt.
   */
  scheduler?: 'ddim' | 'euler' | 'euler-ancestral' | 'lcm';
  /**
   * From 0, the photo as it is, to 1, all painting.
   */
  strength?: number;
  /**
   * How many sheets the picture is cut into, far to near.
   */
  num_layers?: number;
  /**
   * With a prompt, the same number gives the same painting again. The styles leave nothing to chance, and paint the same for every number.
   */
  seed?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * Makes a video of what a prompt says, out of noise: no picture needed.
 */
export interface T2VJobForm {
  pipeline: 't2v';
  model?:
    | 'auto'
    | 'wan2.2-t2v-a14b'
    | 'wan2.1-t2v-14b'
    | 'wan2.1-t2v-14b-q4'
    | 'wan2.2-ti2v-5b'
    | 'wan2.1-t2v-1.3b'
    | 'wan-mini';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  /**
   * What the video shows, and how it moves.
   */
  prompt: string;
  /**
   * What the video is to keep away from.
   */
  negative_prompt?: string;
  /**
   * Of the video, in pixels.
   */
  width?: number;
  /**
   * Of the video, in pixels.
   */
  height?: number;
  /**
   * How many frames the video has.
   */
  frames?: number;
  /**
   * From noise to video; more take longer, and see to finer things.
   */
  steps?: number;
  /**
   * How closely the prompt is kept to; at 1, half the time is taken.
   */
  guidance?: number;
  /**
   * How the steps from noise to video are taken.
   */
  scheduler?: 'unipc' | 'flow-euler';
  /**
   * Refuses values that the model cannot make, in place of the nearest that it can.
   */
  strict?: boolean;
  /**
   * More are smoother. Left out: 24, or what the model was made for.
   */
  fps?: number;
  /**
   * The same number gives the same result again.
   */
  seed?: number;
  /**
   * A second file beside the MP4: WebM (AV1), or a GIF or animated WebP of fewer pixels and frames.
   */
  extra_format?: 'none' | 'webm' | 'gif' | 'webp';
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * Moves a camera through a photo by its depth, goes from one photo to another, or makes a video that begins with one.
 */
export interface I2VJobForm {
  pipeline: 'i2v';
  model?:
    | 'auto'
    | 'wan2.2-i2v-a14b'
    | 'wan2.1-i2v-14b'
    | 'wan2.1-flf2v-14b'
    | 'wan2.2-ti2v-5b'
    | 'camera-move'
    | 'rife'
    | 'wan-mini';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  /**
   * Start image, with a file name. Needed in one of the ways.
   */
  image?: Blob;
  /**
   * Start image: an upload made before. Needed in one of the ways.
   */
  image_upload_id?: string;
  /**
   * Start image: gs://bucket/object, or an https address that the operator allows. Needed in one of the ways.
   */
  image_url?: string;
  /**
   * End image, with a file name. Optional.
   */
  end_image?: Blob;
  /**
   * End image: an upload made before. Optional.
   */
  end_image_upload_id?: string;
  /**
   * End image: gs://bucket/object, or an https address that the operator allows. Optional.
   */
  end_image_url?: string;
  /**
   * How the camera moves through the photo; aside and round, where less of the picture is lost.
   */
  move?: 'push-in' | 'pull-out' | 'pan' | 'orbit' | 'dolly-zoom' | 'handheld';
  /**
   * How far the camera moves.
   */
  amount?: number;
  /**
   * How long the video lasts, in seconds.
   */
  duration_seconds?: number;
  /**
   * More are smoother. Left out: 24, or what the model was made for.
   */
  fps?: number;
  /**
   * The video keeps the shape of its picture within this.
   */
  resolution?: '480p' | '720p' | '1080p';
  /**
   * A second file beside the MP4: WebM (AV1), or a GIF or animated WebP of fewer pixels and frames.
   */
  extra_format?: 'none' | 'webm' | 'gif' | 'webp';
  /**
   * Ends where it began, so that it can be played in a circle.
   */
  loop?: boolean;
  /**
   * The same number gives the same result again.
   */
  seed?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
  /**
   * For models that read one.
   */
  prompt?: string;
  /**
   * What the video is to keep away from.
   */
  negative_prompt?: string;
  /**
   * Of the video, in pixels.
   */
  width?: number;
  /**
   * Of the video, in pixels.
   */
  height?: number;
  /**
   * How many frames the video has.
   */
  frames?: number;
  /**
   * From noise to video; more take longer, and see to finer things.
   */
  steps?: number;
  /**
   * How closely the prompt is kept to; at 1, half the time is taken.
   */
  guidance?: number;
  /**
   * How the steps from noise to video are taken.
   */
  scheduler?: 'unipc' | 'flow-euler';
  /**
   * Refuses values that the model cannot make, in place of the nearest that it can.
   */
  strict?: boolean;
}
/**
 * Moves a camera through a photo by its depth, or makes a video that begins with it, as a prompt says.
 */
export interface Ti2VJobForm {
  pipeline: 'ti2v';
  model?:
    | 'auto'
    | 'wan2.2-i2v-a14b'
    | 'wan2.1-i2v-14b'
    | 'wan2.1-flf2v-14b'
    | 'wan2.2-ti2v-5b'
    | 'camera-move'
    | 'wan-mini';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  /**
   * Start image, with a file name. Needed in one of the ways.
   */
  image?: Blob;
  /**
   * Start image: an upload made before. Needed in one of the ways.
   */
  image_upload_id?: string;
  /**
   * Start image: gs://bucket/object, or an https address that the operator allows. Needed in one of the ways.
   */
  image_url?: string;
  /**
   * End image, with a file name. Optional.
   */
  end_image?: Blob;
  /**
   * End image: an upload made before. Optional.
   */
  end_image_upload_id?: string;
  /**
   * End image: gs://bucket/object, or an https address that the operator allows. Optional.
   */
  end_image_url?: string;
  /**
   * How the camera moves, in plain words: “slow push in, handheld, loop”; or what happens, for a model that makes it up.
   */
  prompt: string;
  /**
   * How long the video lasts, in seconds.
   */
  duration_seconds?: number;
  /**
   * More are smoother. Left out: 24, or what the model was made for.
   */
  fps?: number;
  /**
   * The video keeps the shape of its picture within this.
   */
  resolution?: '480p' | '720p' | '1080p';
  /**
   * A second file beside the MP4: WebM (AV1), or a GIF or animated WebP of fewer pixels and frames.
   */
  extra_format?: 'none' | 'webm' | 'gif' | 'webp';
  /**
   * The same number gives the same result again.
   */
  seed?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
  /**
   * What the video is to keep away from.
   */
  negative_prompt?: string;
  /**
   * Of the video, in pixels.
   */
  width?: number;
  /**
   * Of the video, in pixels.
   */
  height?: number;
  /**
   * How many frames the video has.
   */
  frames?: number;
  /**
   * From noise to video; more take longer, and see to finer things.
   */
  steps?: number;
  /**
   * How closely the prompt is kept to; at 1, half the time is taken.
   */
  guidance?: number;
  /**
   * How the steps from noise to video are taken.
   */
  scheduler?: 'unipc' | 'flow-euler';
  /**
   * Refuses values that the model cannot make, in place of the nearest that it can.
   */
  strict?: boolean;
}
/**
 * Takes the subject of one photo off its background, and gives the mask as well.
 */
export interface CutoutJobForm {
  pipeline: 'cutout';
  model?: 'auto' | 'u2netp' | 'modnet';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  /**
   * Photo, with a file name. Needed in one of the ways.
   */
  image?: Blob;
  /**
   * Photo: an upload made before. Needed in one of the ways.
   */
  image_upload_id?: string;
  /**
   * Photo: gs://bucket/object, or an https address that the operator allows. Needed in one of the ways.
   */
  image_url?: string;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * Makes one photo two or four times as wide and high, and sharp at that size.
 */
export interface UpscaleJobForm {
  pipeline: 'upscale';
  model?: 'auto' | 'real-esrgan-x2' | 'esrgan-medium';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  /**
   * Photo, with a file name. Needed in one of the ways.
   */
  image?: Blob;
  /**
   * Photo: an upload made before. Needed in one of the ways.
   */
  image_upload_id?: string;
  /**
   * Photo: gs://bucket/object, or an https address that the operator allows. Needed in one of the ways.
   */
  image_url?: string;
  /**
   * How many times as wide and high the picture becomes.
   */
  factor?: 2 | 4;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * One more picture of a batch, which has the setting.
 */
export interface BatchMemberForm {
  batch_id: string;
  /**
   * Photo, with a file name. Needed in one of the ways.
   */
  image?: Blob;
  /**
   * Photo: an upload made before. Needed in one of the ways.
   */
  image_upload_id?: string;
  /**
   * Photo: gs://bucket/object, or an https address that the operator allows. Needed in one of the ways.
   */
  image_url?: string;
}
export interface Job {
  id: string;
  pipeline: string;
  model: string;
  status: JobStatus;
  priority: number;
  batch_id: string | null;
  attempt: number;
  max_attempts: number;
  created_at: string;
  updated_at: string;
  started_at: string | null;
  completed_at: string | null;
  progress: Progress;
  /**
   * Of what waits, from 1.
   */
  queue_position: number | null;
  waiting_reason: string | null;
  /**
   * By name, defaults filled in.
   */
  params: {
    [k: string]: unknown;
  };
  inputs: {
    role: string;
    upload_id: string;
    filename: string;
  }[];
  outputs: Output[];
  result_url: string | null;
  error: JobError | null;
  warnings: string[];
  metrics: Metrics | null;
  /**
   * How it stands, in words.
   */
  message: string;
  urls: {
    self: string;
    events: string;
    cancel: string;
    retry: string;
    archive: string;
  };
}
export interface Progress {
  /**
   * Of the whole job, 0 to 1.
   */
  value: number;
  /**
   * The one that runs.
   */
  stage: string | null;
  stages_done: number;
  stages_total: number;
  /**
   * Of `steps` within the stage.
   */
  step: number | null;
  steps: number | null;
  /**
   * Until the job is done, by past runs of its kind; null where too little is known.
   */
  eta_seconds: number | null;
  /**
   * What the result looks like so far; another address for each picture.
   */
  preview_url: string | null;
}
/**
 * A file that a job made.
 */
export interface Output {
  name: string;
  /**
   * What it is: `result`, `layer`, `depth`, `mask`, `poster` …
   */
  role: string;
  content_type: string;
  size_bytes: number;
  /**
   * Lower-case hexadecimal.
   */
  sha256: string;
  width: number | null;
  height: number | null;
  url: string;
}
/**
 * Why a run failed. It is never an HTTP status.
 */
export interface JobError {
  code: string;
  message: string;
  stage: string | null;
  retryable: boolean;
  suggestions: string[];
  /**
   * Those whose weights it waits for, where that is what is wrong.
   */
  models?: string[];
}
/**
 * What the run took.
 */
export interface Metrics {
  /**
   * By the name of each stage.
   */
  stage_ms: {
    [k: string]: number;
  };
  total_ms: number;
  peak_memory_bytes: number | null;
  device: string;
}
/**
 * What a job would be, of which nothing was made.
 */
export interface JobDryRun {
  /**
   * Those that would run; null where the workers are on other machines.
   */
  models:
    | {
        task: 'depth' | 'matte' | 'inpainting' | 'style' | 'super-resolution' | 'video';
        id: string;
        title: string;
      }[]
    | null;
  weights: {
    missing: {
      model: string;
      name: string;
      size_bytes: number;
    }[];
    /**
     * What comes over the line for them.
     */
    download_bytes: number;
    /**
     * What is written for them.
     */
    write_bytes: number;
    /**
     * On the disk of the weights.
     */
    free_bytes: number;
    fits: boolean;
    /**
     * Or by the operator, where not.
     */
    fetched_by_worker: boolean;
  } | null;
  memory: {
    /**
     * Null where no model tells.
     */
    needed_bytes: number | null;
    available_bytes: number;
    fits: boolean;
  } | null;
  /**
   * Why it would not run as things are.
   */
  obstacles: string[];
  /**
   * Among all jobs that are ready; null where it would be held, or far behind.
   */
  queue_position: number | null;
  /**
   * Until it is done, by past runs; null where they say too little.
   */
  eta_seconds: {
    low: number;
    expected: number;
    high: number;
  } | null;
  /**
   * Yours as they are now; a limit of null is none.
   */
  quotas: {
    pending_jobs: {
      used: number;
      limit: number | null;
    };
    jobs_today: {
      used: number;
      limit: number | null;
    };
    stored_bytes: {
      used: number;
      limit: number | null;
    };
  };
  dry_run: true;
  pipeline: string;
  /**
   * As the job would have it; `auto` takes what `models` says.
   */
  model: string;
  priority: number;
  /**
   * By name, defaults filled in.
   */
  params: {
    [k: string]: unknown;
  };
  /**
   * Parameters that would be carried out otherwise than asked.
   */
  forced: {
    name: string;
    asked: unknown;
    used: unknown;
  }[];
  warnings: string[];
  batch_id: string | null;
  inputs: {
    role: string;
    content_type: string;
    size_bytes: number;
    width: number;
    height: number;
  }[];
}
export interface JobPage {
  items: Job[];
  /**
   * What the next page is asked for with; null on the last.
   */
  next_cursor: string | null;
}
export interface SignedLink {
  /**
   * Relative to the studio’s address.
   */
  url: string;
  expires_at: string;
}
/**
 * A picture that was sent, as it is on its disk.
 */
export interface Upload {
  id: string;
  /**
   * What its sender called it.
   */
  filename: string;
  format: 'jpeg' | 'png' | 'webp' | 'bmp' | 'tiff' | 'gif';
  content_type: string;
  size_bytes: number;
  /**
   * Lower-case hexadecimal.
   */
  sha256: string;
  width: number;
  height: number;
  /**
   * Width by height, to four decimals.
   */
  aspect_ratio: number;
  pixel_count: number;
  /**
   * What its pixels take, four bytes each.
   */
  memory_estimate_bytes: number;
  mode: string;
  has_alpha: boolean;
  created_at: string;
  stored_at: string;
  urls: {
    self: string;
    content: string;
  };
}
export interface Queue {
  counts: {
    pending: number;
    processing: number;
    completed: number;
    failed: number;
    cancelled: number;
  };
  /**
   * Who holds your queue up, if anybody.
   */
  paused: ('by_you' | 'by_operator') | null;
  tasks: Job[];
  next_cursor: string | null;
}
export interface QueuePoll {
  timestamp: string;
  pending_count: number;
  processing_count: number;
  /**
   * All that run, and the hundred that go next; their texts are cut.
   */
  active_tasks: Job[];
  has_active_tasks: boolean;
  /**
   * Who holds your queue up, if anybody.
   */
  paused: ('by_you' | 'by_operator') | null;
}
export interface QueuePause {
  /**
   * Who holds your queue up, if anybody.
   */
  paused: ('by_you' | 'by_operator') | null;
}
/**
 * Cuts one photo into layers by depth, and fills what each nearer layer hides.
 */
export interface PhotoRealisticBatchForm {
  pipeline: 'photo-realistic';
  model?: 'auto' | 'tcmonodepth-small' | 'fastdepth';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  name?: string;
  /**
   * The pictures
   */
  images?: Blob[];
  /**
   * Pictures that were sent before
   */
  image_upload_ids?: string[];
  /**
   * How many sheets the picture is cut into, far to near.
   */
  num_layers?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * Repaints one photo in a style or after a prompt, and cuts the painting into layers by depth.
 */
export interface PainterlyBatchForm {
  pipeline: 'painterly';
  model?: 'auto' | 'cartoongan' | 'lcm-dreamshaper-v7' | 'stable-diffusion-1.5';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  name?: string;
  /**
   * The pictures
   */
  images?: Blob[];
  /**
   * Pictures that were sent before
   */
  image_upload_ids?: string[];
  /**
   * Skylight: clear light and soft detail. Meadow: warm, with drawn outlines. Summer: bright and airy. Dream: deep colours and bold outlines.
   */
  style?: 'skylight' | 'meadow' | 'summer' | 'dream';
  /**
   * What is painted, and how: “a watercolour of a harbour, loose strokes”. For models that read one.
   */
  prompt?: string;
  /**
   * What the painting is to keep away from. For models that read a prompt.
   */
  negative_prompt?: string;
  /**
   * From noise to painting; more take longer, and see to finer things. For models that read a prompt.
   */
  steps?: number;
  /**
   * How closely the prompt is kept to. For models that read one.
   */
  guidance?: number;
  /**
   * How the steps from noise to painting are taken. For models that read a prompt.
   */
  scheduler?: 'ddim' | 'euler' | 'euler-ancestral' | 'lcm';
  /**
   * From 0, the photo as it is, to 1, all painting.
   */
  strength?: number;
  /**
   * How many sheets the picture is cut into, far to near.
   */
  num_layers?: number;
  /**
   * With a prompt, the same number gives the same painting again. The styles leave nothing to chance, and paint the same for every number.
   */
  seed?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * Moves a camera through a photo by its depth, goes from one photo to another, or makes a video that begins with one.
 */
export interface I2VBatchForm {
  pipeline: 'i2v';
  model?:
    | 'auto'
    | 'wan2.2-i2v-a14b'
    | 'wan2.1-i2v-14b'
    | 'wan2.1-flf2v-14b'
    | 'wan2.2-ti2v-5b'
    | 'camera-move'
    | 'rife'
    | 'wan-mini';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  name?: string;
  /**
   * The pictures
   */
  images?: Blob[];
  /**
   * Pictures that were sent before
   */
  image_upload_ids?: string[];
  /**
   * How the camera moves through the photo; aside and round, where less of the picture is lost.
   */
  move?: 'push-in' | 'pull-out' | 'pan' | 'orbit' | 'dolly-zoom' | 'handheld';
  /**
   * How far the camera moves.
   */
  amount?: number;
  /**
   * How long the video lasts, in seconds.
   */
  duration_seconds?: number;
  /**
   * More are smoother. Left out: 24, or what the model was made for.
   */
  fps?: number;
  /**
   * The video keeps the shape of its picture within this.
   */
  resolution?: '480p' | '720p' | '1080p';
  /**
   * A second file beside the MP4: WebM (AV1), or a GIF or animated WebP of fewer pixels and frames.
   */
  extra_format?: 'none' | 'webm' | 'gif' | 'webp';
  /**
   * Ends where it began, so that it can be played in a circle.
   */
  loop?: boolean;
  /**
   * The same number gives the same result again.
   */
  seed?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
  /**
   * For models that read one.
   */
  prompt?: string;
  /**
   * What the video is to keep away from.
   */
  negative_prompt?: string;
  /**
   * Of the video, in pixels.
   */
  width?: number;
  /**
   * Of the video, in pixels.
   */
  height?: number;
  /**
   * How many frames the video has.
   */
  frames?: number;
  /**
   * From noise to video; more take longer, and see to finer things.
   */
  steps?: number;
  /**
   * How closely the prompt is kept to; at 1, half the time is taken.
   */
  guidance?: number;
  /**
   * How the steps from noise to video are taken.
   */
  scheduler?: 'unipc' | 'flow-euler';
  /**
   * Refuses values that the model cannot make, in place of the nearest that it can.
   */
  strict?: boolean;
}
/**
 * Moves a camera through a photo by its depth, or makes a video that begins with it, as a prompt says.
 */
export interface Ti2VBatchForm {
  pipeline: 'ti2v';
  model?:
    | 'auto'
    | 'wan2.2-i2v-a14b'
    | 'wan2.1-i2v-14b'
    | 'wan2.1-flf2v-14b'
    | 'wan2.2-ti2v-5b'
    | 'camera-move'
    | 'wan-mini';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  name?: string;
  /**
   * The pictures
   */
  images?: Blob[];
  /**
   * Pictures that were sent before
   */
  image_upload_ids?: string[];
  /**
   * How the camera moves, in plain words: “slow push in, handheld, loop”; or what happens, for a model that makes it up.
   */
  prompt: string;
  /**
   * How long the video lasts, in seconds.
   */
  duration_seconds?: number;
  /**
   * More are smoother. Left out: 24, or what the model was made for.
   */
  fps?: number;
  /**
   * The video keeps the shape of its picture within this.
   */
  resolution?: '480p' | '720p' | '1080p';
  /**
   * A second file beside the MP4: WebM (AV1), or a GIF or animated WebP of fewer pixels and frames.
   */
  extra_format?: 'none' | 'webm' | 'gif' | 'webp';
  /**
   * The same number gives the same result again.
   */
  seed?: number;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
  /**
   * What the video is to keep away from.
   */
  negative_prompt?: string;
  /**
   * Of the video, in pixels.
   */
  width?: number;
  /**
   * Of the video, in pixels.
   */
  height?: number;
  /**
   * How many frames the video has.
   */
  frames?: number;
  /**
   * From noise to video; more take longer, and see to finer things.
   */
  steps?: number;
  /**
   * How closely the prompt is kept to; at 1, half the time is taken.
   */
  guidance?: number;
  /**
   * How the steps from noise to video are taken.
   */
  scheduler?: 'unipc' | 'flow-euler';
  /**
   * Refuses values that the model cannot make, in place of the nearest that it can.
   */
  strict?: boolean;
}
/**
 * Takes the subject of one photo off its background, and gives the mask as well.
 */
export interface CutoutBatchForm {
  pipeline: 'cutout';
  model?: 'auto' | 'u2netp' | 'modnet';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  name?: string;
  /**
   * The pictures
   */
  images?: Blob[];
  /**
   * Pictures that were sent before
   */
  image_upload_ids?: string[];
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * Makes one photo two or four times as wide and high, and sharp at that size.
 */
export interface UpscaleBatchForm {
  pipeline: 'upscale';
  model?: 'auto' | 'real-esrgan-x2' | 'esrgan-medium';
  /**
   * Higher goes first; above 0 takes an administrator
   */
  priority?: number;
  name?: string;
  /**
   * The pictures
   */
  images?: Blob[];
  /**
   * Pictures that were sent before
   */
  image_upload_ids?: string[];
  /**
   * How many times as wide and high the picture becomes.
   */
  factor?: 2 | 4;
  /**
   * Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.
   */
  embed_metadata?: boolean;
}
/**
 * What a batch would be, of which nothing was made.
 */
export interface BatchDryRun {
  /**
   * Those that would run; null where the workers are on other machines.
   */
  models:
    | {
        task: 'depth' | 'matte' | 'inpainting' | 'style' | 'super-resolution' | 'video';
        id: string;
        title: string;
      }[]
    | null;
  weights: {
    missing: {
      model: string;
      name: string;
      size_bytes: number;
    }[];
    /**
     * What comes over the line for them.
     */
    download_bytes: number;
    /**
     * What is written for them.
     */
    write_bytes: number;
    /**
     * On the disk of the weights.
     */
    free_bytes: number;
    fits: boolean;
    /**
     * Or by the operator, where not.
     */
    fetched_by_worker: boolean;
  } | null;
  memory: {
    /**
     * Null where no model tells.
     */
    needed_bytes: number | null;
    available_bytes: number;
    fits: boolean;
  } | null;
  /**
   * Why it would not run as things are.
   */
  obstacles: string[];
  /**
   * Among all jobs that are ready; null where it would be held, or far behind.
   */
  queue_position: number | null;
  /**
   * Until it is done, by past runs; null where they say too little.
   */
  eta_seconds: {
    low: number;
    expected: number;
    high: number;
  } | null;
  /**
   * Yours as they are now; a limit of null is none.
   */
  quotas: {
    pending_jobs: {
      used: number;
      limit: number | null;
    };
    jobs_today: {
      used: number;
      limit: number | null;
    };
    stored_bytes: {
      used: number;
      limit: number | null;
    };
  };
  dry_run: true;
  pipeline: string;
  /**
   * As the job would have it; `auto` takes what `models` says.
   */
  model: string;
  priority: number;
  /**
   * By name, defaults filled in.
   */
  params: {
    [k: string]: unknown;
  };
  /**
   * Parameters that would be carried out otherwise than asked.
   */
  forced: {
    name: string;
    asked: unknown;
    used: unknown;
  }[];
  warnings: string[];
  name: string | null;
  /**
   * Pictures, refused ones included.
   */
  total: number;
  refused: {
    position: number;
    filename: string;
    error: {
      code: string;
      message: string;
      suggestion: string | null;
    };
  }[];
}
/**
 * A batch with what became of each of its pictures, in their order.
 */
export interface Batch {
  id: string;
  name: string | null;
  pipeline: string;
  model: string;
  /**
   * By name, defaults filled in.
   */
  params: {
    [k: string]: unknown;
  };
  priority: number;
  paused: boolean;
  /**
   * Pictures, refused ones included.
   */
  total: number;
  counts: {
    pending: number;
    processing: number;
    completed: number;
    failed: number;
    cancelled: number;
    refused: number;
  };
  /**
   * Over all pictures; one that has ended, however, counts as done.
   */
  progress: number;
  created_at: string;
  urls: {
    self: string;
    cancel: string;
    pause: string;
    resume: string;
    retry_failed: string;
    archive: string;
  };
  items: BatchItem[];
}
export interface BatchItem {
  /**
   * Its place in the batch, from 0.
   */
  position: number;
  filename: string;
  /**
   * Null for a picture that was refused.
   */
  job_id: string | null;
  status: BatchItemStatus;
  progress: number;
  message: string;
  waiting_reason: string | null;
  error: {
    code: string;
    message: string;
    suggestions: string[];
  } | null;
  url: string | null;
}
export interface BatchPage {
  items: BatchSummary[];
  /**
   * What the next page is asked for with; null on the last.
   */
  next_cursor: string | null;
}
/**
 * A batch as lists have it.
 */
export interface BatchSummary {
  id: string;
  name: string | null;
  pipeline: string;
  model: string;
  /**
   * By name, defaults filled in.
   */
  params: {
    [k: string]: unknown;
  };
  priority: number;
  paused: boolean;
  /**
   * Pictures, refused ones included.
   */
  total: number;
  counts: {
    pending: number;
    processing: number;
    completed: number;
    failed: number;
    cancelled: number;
    refused: number;
  };
  /**
   * Over all pictures; one that has ended, however, counts as done.
   */
  progress: number;
  created_at: string;
  urls: {
    self: string;
    cancel: string;
    pause: string;
    resume: string;
    retry_failed: string;
    archive: string;
  };
}
export interface ModelList {
  items: Model[];
}
/**
 * A model, what it can make, and how it stands on this machine.
 */
export interface Model {
  id: string;
  title: string;
  task: 'depth' | 'matte' | 'inpainting' | 'style' | 'super-resolution' | 'video';
  /**
   * Those that make use of it. It can be asked for as `model` in those that are in `parameters`.
   */
  pipelines: string[];
  engine: 'onnx';
  author: string;
  origin: string;
  /**
   * SPDX identifiers: of the weights, and of the package they arrive in.
   */
  licence: {
    weights: string;
    package: string | null;
  };
  /**
   * When its weights arrive: with the install, when they are asked for, or made by somebody.
   */
  set_up: 'required' | 'optional' | 'on-demand' | 'by-name' | 'by-hand';
  /**
   * Tasks of other models that it cannot do without.
   */
  requires: string[];
  /**
   * What it does with a second picture.
   */
  end_image: 'unused' | 'optional' | 'required';
  /**
   * What it needs; null where that is not known, and little.
   */
  memory_bytes: number | null;
  weights: Weights;
  /**
   * Whether a job with it can run on this machine, and why not.
   */
  availability: {
    available: boolean;
    reason: string | null;
    suggestion: string | null;
    /**
     * What the first job with it will fetch.
     */
    bytes_to_fetch: number;
  };
  generation: Generation | null;
  /**
   * By pipeline: what the parameters can be with this model, as JSON Schema.
   */
  parameters: {
    [k: string]: {
      [k: string]: unknown;
    };
  };
}
export interface Weights {
  /**
   * `not_made`: no download brings it, somebody has to make it. `partial`: a part is on this machine.
   */
  state: 'none_needed' | 'not_made' | 'missing' | 'partial' | 'present';
  size_bytes: number;
  /**
   * Bytes on this machine, of downloads under way too.
   */
  present_bytes: number;
  files: {
    name: string;
    size_bytes: number;
    present_bytes: number;
    sha256: string;
    /**
     * `own`: part of Multiplane. `exported`: made by the operator.
     */
    source: 'npm' | 'url' | 'own' | 'exported';
  }[];
}
/**
 * What a model that works out of noise can make.
 */
export interface Generation {
  /**
   * Pixels; null for what paints a photo in its own size.
   */
  size: {
    default: {
      width: number;
      height: number;
    };
    multiple_of: number;
    /**
     * Least length of a side.
     */
    min: number;
    max_pixels: number;
    rule: string;
  } | null;
  frames: FrameRange | null;
  fps: Range | null;
  steps: Range;
  guidance: Range;
  /**
   * The first is taken where none is named.
   */
  schedulers: string[];
}
/**
 * A whole number of steps, and one more.
 */
export interface FrameRange {
  default: number;
  min: number;
  max: number;
  step: number;
  rule: string;
}
/**
 * What a number may be, and what it is where it is left out.
 */
export interface Range {
  default: number;
  min: number;
  max: number;
}
export interface EnhancedPrompt {
  /**
   * Begins with the one that was given, where the rules made it.
   */
  prompt: string;
  original: string;
  /**
   * What the rules added, as it stands there; empty for an endpoint’s.
   */
  additions: {
    slot: 'subject' | 'shot' | 'light' | 'lens' | 'motion' | 'mood' | 'place';
    text: string;
  }[];
  source: 'rules' | 'endpoint';
  warnings: string[];
}
export interface ApiKeyPage {
  items: ApiKey[];
  /**
   * What the next page is asked for with; null on the last.
   */
  next_cursor: string | null;
}
export interface ApiKey {
  id: string;
  name: string;
  /**
   * The first characters of the key, enough to tell it from another.
   */
  prefix: string;
  /**
   * What it may be used for.
   */
  scopes: ('jobs:read' | 'jobs:write' | 'models:write' | 'admin')[];
  /**
   * Of its own; null for as many as any key.
   */
  hourly_limit: number | null;
  daily_limit: number | null;
  /**
   * The key whose place it took.
   */
  replaces_id: string | null;
  created_at: string;
  /**
   * Not taken from then on.
   */
  expires_at: string | null;
  /**
   * To the minute.
   */
  last_used_at: string | null;
  revoked_at: string | null;
}
export interface MadeApiKey {
  id: string;
  name: string;
  /**
   * The first characters of the key, enough to tell it from another.
   */
  prefix: string;
  /**
   * What it may be used for.
   */
  scopes: ('jobs:read' | 'jobs:write' | 'models:write' | 'admin')[];
  /**
   * Of its own; null for as many as any key.
   */
  hourly_limit: number | null;
  daily_limit: number | null;
  /**
   * The key whose place it took.
   */
  replaces_id: string | null;
  created_at: string;
  /**
   * Not taken from then on.
   */
  expires_at: string | null;
  /**
   * To the minute.
   */
  last_used_at: string | null;
  revoked_at: string | null;
  /**
   * The key itself, this once: null where the same request is answered again.
   */
  key: string | null;
}
export interface AuditPage {
  items: AuditRecord[];
  /**
   * What the next page is asked for with; null on the last.
   */
  next_cursor: string | null;
}
export interface AuditRecord {
  id: string;
  at: string;
  action:
    | 'sign_in.accepted'
    | 'sign_in.refused'
    | 'sign_out'
    | 'account.created'
    | 'password.changed'
    | 'api_key.created'
    | 'api_key.changed'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'webhook.created'
    | 'webhook.changed'
    | 'webhook.deleted'
    | 'job.deleted'
    | 'queue.cleared'
    | 'queue.stopped_for_everyone'
    | 'queue.started_for_everyone';
  /**
   * Whose account; null where nobody was known.
   */
  actor_id: string | null;
  /**
   * What it was done to: an id, or an e-mail address.
   */
  subject: string | null;
  /**
   * Where the request came from.
   */
  address: string | null;
  request_id: string | null;
  details: {
    [k: string]: unknown;
  };
}
export interface MadeWebhook {
  id: string;
  url: string;
  description: string;
  /**
   * What it is told of.
   */
  events: ('job.completed' | 'job.failed' | 'job.cancelled')[];
  enabled: boolean;
  disabled_at: string | null;
  disabled_reason: string | null;
  /**
   * Every attempt has failed since; null after one that did not.
   */
  failing_since: string | null;
  /**
   * Until then messages are signed with the secret before as well.
   */
  previous_secret_expires_at: string | null;
  created_at: string;
  updated_at: string;
  /**
   * What messages are signed with, this once: `whsec_…`.
   */
  secret: string;
}
export interface WebhookList {
  items: Webhook[];
}
export interface Webhook {
  id: string;
  url: string;
  description: string;
  /**
   * What it is told of.
   */
  events: ('job.completed' | 'job.failed' | 'job.cancelled')[];
  enabled: boolean;
  disabled_at: string | null;
  disabled_reason: string | null;
  /**
   * Every attempt has failed since; null after one that did not.
   */
  failing_since: string | null;
  /**
   * Until then messages are signed with the secret before as well.
   */
  previous_secret_expires_at: string | null;
  created_at: string;
  updated_at: string;
}
export interface WebhookDelivery {
  id: string;
  webhook_id: string;
  /**
   * The receiver’s `webhook-id`: the same for every attempt and replay.
   */
  message_id: string;
  event: 'job.completed' | 'job.failed' | 'job.cancelled' | 'ping';
  job_id: string | null;
  status: 'pending' | 'delivered' | 'failed';
  attempts: number;
  next_attempt_at: string | null;
  /**
   * What the last attempt was answered with.
   */
  response_status: number | null;
  /**
   * Why the last attempt failed.
   */
  error: string | null;
  created_at: string;
  finished_at: string | null;
}
export interface WebhookDeliveryPage {
  items: WebhookDelivery[];
  /**
   * What the next page is asked for with; null on the last.
   */
  next_cursor: string | null;
}
export interface WebhookDeliveryWithMessage {
  id: string;
  webhook_id: string;
  /**
   * The receiver’s `webhook-id`: the same for every attempt and replay.
   */
  message_id: string;
  event: 'job.completed' | 'job.failed' | 'job.cancelled' | 'ping';
  job_id: string | null;
  status: 'pending' | 'delivered' | 'failed';
  attempts: number;
  next_attempt_at: string | null;
  /**
   * What the last attempt was answered with.
   */
  response_status: number | null;
  /**
   * Why the last attempt failed.
   */
  error: string | null;
  created_at: string;
  finished_at: string | null;
  /**
   * The body as it is sent; null before the first attempt.
   */
  message: {
    [k: string]: unknown;
  } | null;
}
/**
 * What you have used, and what is left.
 */
export interface Usage {
  /**
   * All that there are, by state.
   */
  jobs: {
    pending: number;
    processing: number;
    completed: number;
    failed: number;
    cancelled: number;
  };
  /**
   * Since midnight, UTC; what ended, by when it did.
   */
  today: {
    completed: number;
    failed: number;
    cancelled: number;
    /**
     * Of the completed ones, all stages together.
     */
    compute_seconds: number;
    /**
     * Those that were deleted since are counted too.
     */
    submitted: number;
  };
  /**
   * Since the first of the month, UTC.
   */
  this_month: {
    completed: number;
    failed: number;
    cancelled: number;
    /**
     * Of the completed ones, all stages together.
     */
    compute_seconds: number;
  };
  /**
   * The last 30, UTC, oldest first, today included.
   */
  days: {
    completed: number;
    failed: number;
    cancelled: number;
    /**
     * Of the completed ones, all stages together.
     */
    compute_seconds: number;
    date: string;
  }[];
  storage: {
    /**
     * A picture that was sent several times is counted once.
     */
    upload_bytes: number;
    output_bytes: number;
  };
  quotas: {
    pending_jobs: Quota;
    jobs_a_day: Quota;
    stored_bytes: Quota;
  };
  /**
   * The budgets of whoever asks, as in the header `RateLimit`. `read-hour` is counted a hundred at a time.
   */
  requests: {
    budget: string;
    limit: number;
    left: number;
    resets_at: string;
  }[];
}
export interface Quota {
  used: number;
  /**
   * Null where there is none.
   */
  limit: number | null;
  left: number | null;
}
export interface Readiness {
  status: 'ready' | 'not_ready';
  parts: {
    database: ReadinessPart;
    weights: ReadinessPart;
    worker: ReadinessPart;
  };
}
export interface ReadinessPart {
  ok: boolean;
  detail: string;
}

/**
 * Why a request was not carried out (RFC 9457).
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /**
   * What programs go by.
   */
  code: string;
  /**
   * By which the operator finds it in the log.
   */
  request_id: string;
  suggestion?: string;
  /**
   * What is wrong with the input, all of it.
   */
  errors?: FieldError[];
}
export interface FieldError {
  /**
   * The field, as a JSON Pointer (RFC 6901).
   */
  pointer: string;
  code: string;
  message: string;
  /**
   * What would be right.
   */
  allowed?: {
    [k: string]: unknown;
  };
}

/** Where each operation is, and what it answers with. */
export const ADDRESSES = {
  generate: { method: 'POST', path: '/api/v1/generate', answer: 'json' },
  listJobs: { method: 'GET', path: '/api/v1/jobs', answer: 'json' },
  getJob: { method: 'GET', path: '/api/v1/jobs/{id}', answer: 'json' },
  deleteJob: { method: 'DELETE', path: '/api/v1/jobs/{id}', answer: 'nothing' },
  cancelJob: { method: 'POST', path: '/api/v1/jobs/{id}/cancel', answer: 'json' },
  retryJob: { method: 'POST', path: '/api/v1/jobs/{id}/retry', answer: 'json' },
  getJobEvents: { method: 'GET', path: '/api/v1/jobs/{id}/events', answer: 'response' },
  getJobPreview: { method: 'GET', path: '/api/v1/jobs/{id}/preview', answer: 'response' },
  getJobOutput: { method: 'GET', path: '/api/v1/jobs/{id}/outputs/{name}', answer: 'response' },
  linkJobOutput: { method: 'POST', path: '/api/v1/jobs/{id}/outputs/{name}/link', answer: 'json' },
  getJobArchive: { method: 'GET', path: '/api/v1/jobs/{id}/archive', answer: 'response' },
  createUpload: { method: 'POST', path: '/api/v1/uploads', answer: 'json' },
  getUpload: { method: 'GET', path: '/api/v1/uploads/{id}', answer: 'json' },
  getUploadContent: { method: 'GET', path: '/api/v1/uploads/{id}/content', answer: 'response' },
  getQueue: { method: 'GET', path: '/api/v1/queue', answer: 'json' },
  pollQueue: { method: 'GET', path: '/api/v1/queue/poll', answer: 'json' },
  startQueue: { method: 'POST', path: '/api/v1/queue/start', answer: 'json' },
  stopQueue: { method: 'POST', path: '/api/v1/queue/stop', answer: 'json' },
  clearQueue: { method: 'POST', path: '/api/v1/queue/clear', answer: 'json' },
  createBatch: { method: 'POST', path: '/api/v1/batches', answer: 'json' },
  listBatches: { method: 'GET', path: '/api/v1/batches', answer: 'json' },
  getBatch: { method: 'GET', path: '/api/v1/batches/{id}', answer: 'json' },
  cancelBatch: { method: 'POST', path: '/api/v1/batches/{id}/cancel', answer: 'json' },
  pauseBatch: { method: 'POST', path: '/api/v1/batches/{id}/pause', answer: 'json' },
  resumeBatch: { method: 'POST', path: '/api/v1/batches/{id}/resume', answer: 'json' },
  retryFailedOfBatch: { method: 'POST', path: '/api/v1/batches/{id}/retry-failed', answer: 'json' },
  getBatchArchive: { method: 'GET', path: '/api/v1/batches/{id}/archive', answer: 'response' },
  listModels: { method: 'GET', path: '/api/v1/models', answer: 'json' },
  getModel: { method: 'GET', path: '/api/v1/models/{id}', answer: 'json' },
  downloadModel: { method: 'POST', path: '/api/v1/models/{id}/download', answer: 'nothing' },
  unloadModel: { method: 'POST', path: '/api/v1/models/{id}/unload', answer: 'nothing' },
  deleteWeights: { method: 'DELETE', path: '/api/v1/models/{id}/weights', answer: 'nothing' },
  enhancePrompt: { method: 'POST', path: '/api/v1/prompts/enhance', answer: 'json' },
  listApiKeys: { method: 'GET', path: '/api/v1/api-keys', answer: 'json' },
  createApiKey: { method: 'POST', path: '/api/v1/api-keys', answer: 'json' },
  getApiKey: { method: 'GET', path: '/api/v1/api-keys/{id}', answer: 'json' },
  changeApiKey: { method: 'PATCH', path: '/api/v1/api-keys/{id}', answer: 'json' },
  revokeApiKey: { method: 'DELETE', path: '/api/v1/api-keys/{id}', answer: 'nothing' },
  rotateApiKey: { method: 'POST', path: '/api/v1/api-keys/{id}/rotate', answer: 'json' },
  listAudit: { method: 'GET', path: '/api/v1/audit', answer: 'json' },
  createWebhook: { method: 'POST', path: '/api/v1/webhooks', answer: 'json' },
  listWebhooks: { method: 'GET', path: '/api/v1/webhooks', answer: 'json' },
  getWebhook: { method: 'GET', path: '/api/v1/webhooks/{id}', answer: 'json' },
  updateWebhook: { method: 'PATCH', path: '/api/v1/webhooks/{id}', answer: 'json' },
  deleteWebhook: { method: 'DELETE', path: '/api/v1/webhooks/{id}', answer: 'nothing' },
  rotateWebhookSecret: { method: 'POST', path: '/api/v1/webhooks/{id}/rotate-secret', answer: 'json' },
  testWebhook: { method: 'POST', path: '/api/v1/webhooks/{id}/test', answer: 'json' },
  listWebhookDeliveries: { method: 'GET', path: '/api/v1/webhooks/{id}/deliveries', answer: 'json' },
  getWebhookDelivery: { method: 'GET', path: '/api/v1/webhooks/{id}/deliveries/{delivery}', answer: 'json' },
  replayWebhookDelivery: {
    method: 'POST',
    path: '/api/v1/webhooks/{id}/deliveries/{delivery}/replay',
    answer: 'json',
  },
  getUsage: { method: 'GET', path: '/api/v1/usage', answer: 'json' },
  getHealth: { method: 'GET', path: '/health', answer: 'json' },
  getReadiness: { method: 'GET', path: '/ready', answer: 'json' },
  getMetrics: { method: 'GET', path: '/metrics', answer: 'response' },
  getOpenApi: { method: 'GET', path: '/openapi.json', answer: 'json' },
} as const satisfies Record<keyof Operations, object>;
