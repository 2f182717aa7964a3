#!/bin/sh
# What the reference shows of usage; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

getUsage() {
  # #region getUsage
  curl -H "X-API-Key: $KEY" "$MULTIPLANE/api/v1/usage"
  # #endregion
}

test "$(getUsage | field quotas.pending_jobs.used)" = 0
