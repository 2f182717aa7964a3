CREATE TABLE `batches` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text,
	`pipeline` text NOT NULL,
	`model` text NOT NULL,
	`params` text NOT NULL,
	`priority` integer DEFAULT 0 NOT NULL,
	`refused` text NOT NULL,
	`paused_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `batches_owner` ON `batches` (`owner_id`,`id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`owner_id` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`made_id` text NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`owner_id`, `key`),
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `job_checkpoints` (
	`job_id` text NOT NULL,
	`stage` text NOT NULL,
	`fence` integer NOT NULL,
	`sequence` integer NOT NULL,
	`state` text NOT NULL,
	`files` text NOT NULL,
	`elapsed_ms` integer NOT NULL,
	`saved_at` integer NOT NULL,
	PRIMARY KEY(`job_id`, `stage`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `run_times` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`host` text NOT NULL,
	`device` text NOT NULL,
	`pipeline` text NOT NULL,
	`model` text NOT NULL,
	`input_pixels` integer NOT NULL,
	`stage_ms` text NOT NULL,
	`total_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `run_times_kind` ON `run_times` (`pipeline`,`model`,`host`,`id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`pipeline` text NOT NULL,
	`model` text NOT NULL,
	`params` text NOT NULL,
	`input_pixels` integer DEFAULT 0 NOT NULL,
	`batch_id` text,
	`batch_position` integer,
	`status` text NOT NULL,
	`priority` integer DEFAULT 0 NOT NULL,
	`vt` integer DEFAULT 0 NOT NULL,
	`run_at` integer NOT NULL,
	`scheduled` integer DEFAULT false NOT NULL,
	`held` integer DEFAULT false NOT NULL,
	`attempt` integer DEFAULT 0 NOT NULL,
	`max_attempts` integer NOT NULL,
	`rescues` integer DEFAULT 0 NOT NULL,
	`crashes` integer DEFAULT 0 NOT NULL,
	`worker_id` text,
	`fence` integer DEFAULT 0 NOT NULL,
	`lease_expires_at` integer,
	`cancel_requested_at` integer,
	`progress` text,
	`error` text,
	`warnings` text NOT NULL,
	`metrics` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`started_at` integer,
	`completed_at` integer,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "jobs_status" CHECK("__new_jobs"."status" = 'pending' OR "__new_jobs"."status" = 'processing' OR "__new_jobs"."status" = 'completed' OR "__new_jobs"."status" = 'failed' OR "__new_jobs"."status" = 'cancelled'),
	CONSTRAINT "jobs_lease" CHECK(("__new_jobs"."status" = 'processing') = ("__new_jobs"."worker_id" IS NOT NULL AND "__new_jobs"."lease_expires_at" IS NOT NULL)),
	CONSTRAINT "jobs_finished" CHECK(("__new_jobs"."status" NOT IN ('pending','processing')) = ("__new_jobs"."completed_at" IS NOT NULL)),
	CONSTRAINT "jobs_error" CHECK("__new_jobs"."status" <> 'failed' OR "__new_jobs"."error" IS NOT NULL)
);
--> statement-breakpoint
INSERT INTO `__new_jobs`("id", "owner_id", "pipeline", "model", "params", "status", "priority", "vt", "run_at", "scheduled", "held", "attempt", "max_attempts", "rescues", "worker_id", "fence", "lease_expires_at", "cancel_requested_at", "progress", "error", "warnings", "metrics", "created_at", "updated_at", "started_at", "completed_at") SELECT "id", "owner_id", "pipeline", "model", "params", "status", "priority", "vt", "run_at", "scheduled", "held", "attempt", "max_attempts", "rescues", "worker_id", "fence", "lease_expires_at", "cancel_requested_at", "progress", "error", "warnings", "metrics", "created_at", "updated_at", "started_at", "completed_at" FROM `jobs`;--> statement-breakpoint
DROP TABLE `jobs`;--> statement-breakpoint
ALTER TABLE `__new_jobs` RENAME TO `jobs`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `jobs_ready` ON `jobs` (priority DESC,`vt`) WHERE status = 'pending' AND scheduled = 0 AND held = 0;--> statement-breakpoint
CREATE INDEX `jobs_scheduled` ON `jobs` (`run_at`) WHERE status = 'pending' AND scheduled = 1;--> statement-breakpoint
CREATE INDEX `jobs_active` ON `jobs` (`status`,`owner_id`,`held`,priority DESC,`vt`) WHERE status IN ('pending','processing');--> statement-breakpoint
CREATE INDEX `jobs_batch` ON `jobs` (`batch_id`,`batch_position`) WHERE batch_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_batch_active` ON `jobs` (`batch_id`) WHERE batch_id IS NOT NULL AND status IN ('pending','processing');--> statement-breakpoint
CREATE INDEX `jobs_history` ON `jobs` (`owner_id`,`completed_at`) WHERE completed_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_owner` ON `jobs` (`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_owner_ended` ON `jobs` (`owner_id`,`status`,`id`) WHERE status NOT IN ('pending','processing');--> statement-breakpoint
DROP INDEX `uploads_sha256`;--> statement-breakpoint
CREATE INDEX `uploads_kept` ON `uploads` (`owner_id`,`stored_at`,`id`) WHERE kept = 1;--> statement-breakpoint
CREATE INDEX `uploads_sha256` ON `uploads` (`sha256`,`owner_id`);