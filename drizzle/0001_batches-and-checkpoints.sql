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
ALTER TABLE `jobs` ADD `input_pixels` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `batch_id` text REFERENCES batches(id);--> statement-breakpoint
ALTER TABLE `jobs` ADD `batch_position` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `crashes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_batch` ON `jobs` (`batch_id`,`batch_position`) WHERE batch_id IS NOT NULL;