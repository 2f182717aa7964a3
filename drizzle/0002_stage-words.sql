ALTER TABLE `job_stages` ADD `warnings` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `job_stages` ADD `models` text DEFAULT '[]' NOT NULL;