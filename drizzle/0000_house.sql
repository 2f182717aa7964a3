CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_owner` ON `api_keys` (`owner_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`session_version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `job_inputs` (
	`job_id` text NOT NULL,
	`role` text NOT NULL,
	`upload_id` text NOT NULL,
	PRIMARY KEY(`job_id`, `role`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`upload_id`) REFERENCES `uploads`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `job_inputs_upload` ON `job_inputs` (`upload_id`);--> statement-breakpoint
CREATE TABLE `job_outputs` (
	`job_id` text NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`role` text NOT NULL,
	`content_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`width` integer,
	`height` integer,
	`file_key` text NOT NULL,
	PRIMARY KEY(`job_id`, `name`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `job_stages` (
	`job_id` text NOT NULL,
	`stage` text NOT NULL,
	`fence` integer NOT NULL,
	`files` text NOT NULL,
	`elapsed_ms` integer NOT NULL,
	`completed_at` integer NOT NULL,
	PRIMARY KEY(`job_id`, `stage`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`pipeline` text NOT NULL,
	`model` text NOT NULL,
	`params` text NOT NULL,
	`status` text NOT NULL,
	`priority` integer DEFAULT 0 NOT NULL,
	`vt` integer DEFAULT 0 NOT NULL,
	`run_at` integer NOT NULL,
	`scheduled` integer DEFAULT false NOT NULL,
	`held` integer DEFAULT false NOT NULL,
	`attempt` integer DEFAULT 0 NOT NULL,
	`max_attempts` integer NOT NULL,
	`rescues` integer DEFAULT 0 NOT NULL,
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
	CONSTRAINT "jobs_status" CHECK("jobs"."status" IN ('pending','processing','completed','failed','cancelled')),
	CONSTRAINT "jobs_lease" CHECK(("jobs"."status" = 'processing') = ("jobs"."worker_id" IS NOT NULL AND "jobs"."lease_expires_at" IS NOT NULL)),
	CONSTRAINT "jobs_finished" CHECK(("jobs"."status" IN ('completed','failed','cancelled')) = ("jobs"."completed_at" IS NOT NULL)),
	CONSTRAINT "jobs_error" CHECK("jobs"."status" <> 'failed' OR "jobs"."error" IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX `jobs_ready` ON `jobs` (priority DESC,`vt`,`id`) WHERE status = 'pending' AND scheduled = 0 AND held = 0;--> statement-breakpoint
CREATE INDEX `jobs_turns` ON `jobs` (`owner_id`,`priority`,`vt`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `jobs_scheduled` ON `jobs` (`run_at`) WHERE status = 'pending' AND scheduled = 1;--> statement-breakpoint
CREATE INDEX `jobs_leases` ON `jobs` (`lease_expires_at`) WHERE status = 'processing';--> statement-breakpoint
CREATE INDEX `jobs_active` ON `jobs` (`owner_id`,`id`) WHERE status IN ('pending','processing');--> statement-breakpoint
CREATE INDEX `jobs_owner` ON `jobs` (`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_owner_status` ON `jobs` (`owner_id`,`status`,`id`);--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`sha256` text NOT NULL,
	`filename` text NOT NULL,
	`format` text NOT NULL,
	`content_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`mode` text NOT NULL,
	`has_alpha` integer NOT NULL,
	`kept` integer DEFAULT false NOT NULL,
	`stored_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `uploads_owner` ON `uploads` (`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `uploads_sha256` ON `uploads` (`sha256`);--> statement-breakpoint
CREATE TABLE `queue_clocks` (
	`priority` integer PRIMARY KEY NOT NULL,
	`vt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `queue_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`paused_at` integer,
	CONSTRAINT "queue_state_one" CHECK("queue_state"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `queues` (
	`owner_id` text PRIMARY KEY NOT NULL,
	`paused_at` integer,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`version` text NOT NULL,
	`devices` text NOT NULL,
	`capacity` integer NOT NULL,
	`nudge_port` integer,
	`started_at` integer NOT NULL,
	`heartbeat_at` integer NOT NULL
);
