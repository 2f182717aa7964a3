#!/bin/sh
# What the reference shows of webhooks; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it, and
# RECEIVER where messages go.
set -eu
. "$(dirname "$0")/field.sh"

createWebhook() {
  # #region createWebhook
  curl -H "X-API-Key: $KEY" \
    --json '{
      "url": "'"$RECEIVER"'",
      "events": ["job.completed", "job.failed"]
    }' \
    "$MULTIPLANE/api/v1/webhooks"
  # #endregion
}

listWebhooks() {
  # #region listWebhooks
  curl -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/webhooks"
  # #endregion
}

getWebhook() {
  # #region getWebhook
  curl -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/webhooks/$ID"
  # #endregion
}

updateWebhook() {
  # #region updateWebhook
  curl -X PATCH -H "X-API-Key: $KEY" \
    --json '{"events": ["job.failed"]}' \
    "$MULTIPLANE/api/v1/webhooks/$ID"
  # #endregion
}

rotateWebhookSecret() {
  # #region rotateWebhookSecret
  curl -H "X-API-Key: $KEY" --json '{"overlap_seconds": 3600}' \
    "$MULTIPLANE/api/v1/webhooks/$ID/rotate-secret"
  # #endregion
}

testWebhook() {
  # #region testWebhook
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/webhooks/$ID/test"
  # #endregion
}

listWebhookDeliveries() {
  # #region listWebhookDeliveries
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/webhooks/$ID/deliveries?limit=10"
  # #endregion
}

getWebhookDelivery() {
  # #region getWebhookDelivery
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/webhooks/$ID/deliveries/$DELIVERY"
  # #endregion
}

replayWebhookDelivery() {
  # #region replayWebhookDelivery
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/webhooks/$ID/deliveries/$DELIVERY/replay"
  # #endregion
}

deleteWebhook() {
  # #region deleteWebhook
  curl -X DELETE -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/webhooks/$ID"
  # #endregion
}

ID=$(createWebhook | field id)
test "$(listWebhooks | field 'items[0].id')" = "$ID"
DELIVERY=$(testWebhook | field id)
while test "$(getWebhookDelivery | field status)" = pending; do
  sleep 1
done
test "$(getWebhookDelivery | field response_status)" = 204
replayWebhookDelivery
test "$(listWebhookDeliveries | field items.length)" = 2
rotateWebhookSecret | grep -q whsec_
test "$(updateWebhook | field 'events[0]')" = job.failed
test "$(getWebhook | field enabled)" = true
deleteWebhook
