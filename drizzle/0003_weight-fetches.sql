CREATE TABLE `weight_fetches` (
	`worker_id` text NOT NULL,
	`model` text NOT NULL,
	`title` text NOT NULL,
	`received_bytes` integer NOT NULL,
	`total_bytes` integer NOT NULL,
	`error` text,
	`retry_at` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`worker_id`, `model`),
	FOREIGN KEY (`worker_id`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE cascade
);
