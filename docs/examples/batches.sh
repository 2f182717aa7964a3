#!/bin/sh
# What the reference shows of batches; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

createBatch() {
  # #region createBatch
  curl -H "X-API-Key: $KEY" \
    -F pipeline=cutout -F images=@photo.jpg -F images=@second.jpg \
    "$MULTIPLANE/api/v1/batches"
  # #endregion
}

getBatch() {
  # #region getBatch
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/batches/$BATCH"
  # #endregion
}

listBatches() {
  # #region listBatches
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/batches?limit=10"
  # #endregion
}

pauseBatch() {
  # #region pauseBatch
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/batches/$BATCH/pause"
  # #endregion
}

resumeBatch() {
  # #region resumeBatch
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/batches/$BATCH/resume"
  # #endregion
}

cancelBatch() {
  # #region cancelBatch
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/batches/$BATCH/cancel"
  # #endregion
}

retryFailedOfBatch() {
  # #region retryFailedOfBatch
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/batches/$BATCH/retry-failed"
  # #endregion
}

getBatchArchive() {
  # #region getBatchArchive
  curl -H "X-API-Key: $KEY" -o batch.zip \
    "$MULTIPLANE/api/v1/batches/$BATCH/archive"
  # #endregion
}

BATCH=$(createBatch | field id)
test "$(listBatches | field 'items[0].id')" = "$BATCH"
test "$(pauseBatch | field paused)" = true
test "$(resumeBatch | field paused)" = false
until test "$(getBatch | field counts.completed)" = 2; do
  sleep 1
done
getBatchArchive
test -s batch.zip
test "$(retryFailedOfBatch | field total)" = 2
test "$(cancelBatch | field counts.completed)" = 2
