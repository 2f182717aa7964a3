CREATE TRIGGER `uploads_count` AFTER INSERT ON `uploads`
WHEN NOT EXISTS (SELECT 1 FROM `uploads` AS same WHERE same.sha256 = NEW.sha256 AND same.owner_id = NEW.owner_id AND same.id <> NEW.id)
BEGIN
  INSERT INTO `owner_storage` (owner_id, upload_bytes) VALUES (NEW.owner_id, NEW.size_bytes)
  ON CONFLICT (owner_id) DO UPDATE SET upload_bytes = upload_bytes + excluded.upload_bytes;
END;
--> statement-breakpoint
CREATE TRIGGER `uploads_uncount` AFTER DELETE ON `uploads`
WHEN NOT EXISTS (SELECT 1 FROM `uploads` AS same WHERE same.sha256 = OLD.sha256 AND same.owner_id = OLD.owner_id)
BEGIN
  UPDATE `owner_storage` SET upload_bytes = upload_bytes - OLD.size_bytes WHERE owner_id = OLD.owner_id;
END;
--> statement-breakpoint
CREATE TRIGGER `job_outputs_count` AFTER INSERT ON `job_outputs`
BEGIN
  INSERT INTO `owner_storage` (owner_id, output_bytes) SELECT owner_id, NEW.size_bytes FROM `jobs` WHERE id = NEW.job_id
  ON CONFLICT (owner_id) DO UPDATE SET output_bytes = output_bytes + excluded.output_bytes;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_uncount_outputs` BEFORE DELETE ON `jobs`
BEGIN
  UPDATE `owner_storage`
  SET output_bytes = output_bytes - (SELECT coalesce(sum(size_bytes), 0) FROM `job_outputs` WHERE job_id = OLD.id)
  WHERE owner_id = OLD.owner_id;
END;
--> statement-breakpoint
INSERT INTO `owner_storage` (owner_id, upload_bytes, output_bytes)
SELECT users.id,
  (SELECT coalesce(sum(size_bytes), 0) FROM (SELECT max(size_bytes) AS size_bytes FROM `uploads` WHERE owner_id = users.id GROUP BY sha256)),
  (SELECT coalesce(sum(size_bytes), 0) FROM `job_outputs` JOIN `jobs` ON jobs.id = job_outputs.job_id WHERE jobs.owner_id = users.id)
FROM `users`;
