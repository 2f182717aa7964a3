#!/bin/sh
# What the reference shows of jobs; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

dryRun() {
  # #region dryRun
  curl -H "X-API-Key: $KEY" \
    -F pipeline=photo-realistic -F num_layers=4 \
    -F image=@photo.jpg \
    "$MULTIPLANE/api/v1/generate?dry_run=true"
  # #endregion
}

generate() {
  # #region generate
  curl -H "X-API-Key: $KEY" \
    -H 'Idempotency-Key: holiday-photo-1' \
    -F pipeline=photo-realistic -F num_layers=4 \
    -F image=@photo.jpg \
    "$MULTIPLANE/api/v1/generate"
  # #endregion
}

generateAndWait() {
  # #region generateAndWait
  curl -H "X-API-Key: $KEY" -H 'Prefer: wait=60' \
    -F pipeline=cutout -F image=@photo.jpg \
    "$MULTIPLANE/api/v1/generate"
  # #endregion
}

untilEnded() {
  # #region untilEnded
  while
    curl -s -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/jobs/$JOB" |
      grep -qE '"status":"(pending|processing)"'
  do
    sleep 1
  done
  # #endregion
}

getJob() {
  # #region getJob
  curl -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/jobs/$JOB"
  # #endregion
}

listJobs() {
  # #region listJobs
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/jobs?status=completed&limit=10"
  # #endregion
}

getJobEvents() {
  # #region getJobEvents
  curl -N -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/jobs/$JOB/events"
  # #endregion
}

getJobOutput() {
  # #region getJobOutput
  curl -H "X-API-Key: $KEY" -o background.png \
    "$MULTIPLANE/api/v1/jobs/$JOB/outputs/Layer_1_background.png"
  # #endregion
}

linkJobOutput() {
  # #region linkJobOutput
  curl -H "X-API-Key: $KEY" --json '{"expires_in_seconds": 600}' \
    "$MULTIPLANE/api/v1/jobs/$JOB/outputs/Layer_1_background.png/link"
  # #endregion
}

getJobArchive() {
  # #region getJobArchive
  curl -H "X-API-Key: $KEY" -o layers.zip \
    "$MULTIPLANE/api/v1/jobs/$JOB/archive"
  # #endregion
}

getJobPreview() {
  # #region getJobPreview
  curl -H "X-API-Key: $KEY" -o preview.webp \
    "$MULTIPLANE/api/v1/jobs/$JOB/preview"
  # #endregion
}

cancelJob() {
  # #region cancelJob
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/jobs/$JOB/cancel"
  # #endregion
}

retryJob() {
  # #region retryJob
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/jobs/$JOB/retry"
  # #endregion
}

deleteJob() {
  # #region deleteJob
  curl -X DELETE -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/jobs/$JOB"
  # #endregion
}

test "$(dryRun | field params.num_layers)" = 4
JOB=$(generate | field id)
test "$(generate | field id)" = "$JOB"
getJobEvents | grep -q '"status":"completed"'
test "$(getJob | field status)" = completed
test "$(listJobs | field 'items[0].id')" = "$JOB"
getJobOutput
test -s background.png
curl -o linked.png "$MULTIPLANE$(linkJobOutput | field url)"
cmp linked.png background.png
getJobArchive
test -s layers.zip
# A job without previews, or one that has ended, has none.
! getJobPreview >/dev/null

# The queue rests, so that what is cancelled has not been begun.
curl -X POST -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/queue/stop" >/dev/null
JOB=$(curl -H "X-API-Key: $KEY" -F pipeline=cutout -F image=@photo.jpg "$MULTIPLANE/api/v1/generate" | field id)
test "$(cancelJob | field status)" = cancelled
test "$(retryJob | field status)" = pending
curl -X POST -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/queue/start" >/dev/null
untilEnded
deleteJob

test "$(generateAndWait | field status)" = completed
