#!/bin/sh
# What the reference shows of the queue; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

getQueue() {
  # #region getQueue
  curl -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/queue"
  # #endregion
}

pollQueue() {
  # #region pollQueue
  curl -H "X-API-Key: $KEY" \
    --etag-save queue.etag --etag-compare queue.etag \
    "$MULTIPLANE/api/v1/queue/poll"
  # #endregion
}

stopQueue() {
  # #region stopQueue
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/queue/stop"
  # #endregion
}

startQueue() {
  # #region startQueue
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/queue/start"
  # #endregion
}

clearQueue() {
  # #region clearQueue
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/queue/clear"
  # #endregion
}

test "$(getQueue | field counts.failed)" = 0
test "$(pollQueue | field has_active_tasks)" = false
test -z "$(pollQueue)"
stopQueue
startQueue
clearQueue
