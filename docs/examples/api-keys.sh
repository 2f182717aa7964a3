#!/bin/sh
# What the reference shows of API keys; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

createApiKey() {
  # #region createApiKey
  curl -H "X-API-Key: $KEY" \
    --json '{
      "name": "Build script",
      "scopes": ["jobs:read", "jobs:write"],
      "hourly_limit": 100
    }' \
    "$MULTIPLANE/api/v1/api-keys"
  # #endregion
}

listApiKeys() {
  # #region listApiKeys
  curl -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/api-keys"
  # #endregion
}

getApiKey() {
  # #region getApiKey
  curl -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/api-keys/$ID"
  # #endregion
}

changeApiKey() {
  # #region changeApiKey
  curl -X PATCH -H "X-API-Key: $KEY" \
    --json '{"name": "Nightly build"}' \
    "$MULTIPLANE/api/v1/api-keys/$ID"
  # #endregion
}

rotateApiKey() {
  # #region rotateApiKey
  curl -H "X-API-Key: $KEY" --json '{"overlap_seconds": 3600}' \
    "$MULTIPLANE/api/v1/api-keys/$ID/rotate"
  # #endregion
}

revokeApiKey() {
  # #region revokeApiKey
  curl -X DELETE -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/api-keys/$ID"
  # #endregion
}

ID=$(createApiKey | field id)
test "$(listApiKeys | field 'items[0].id')" = "$ID"
test "$(changeApiKey | field name)" = 'Nightly build'
test "$(rotateApiKey | field name)" = 'Nightly build'
test "$(getApiKey | field id)" = "$ID"
revokeApiKey
