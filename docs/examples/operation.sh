#!/bin/sh
# What the reference shows of running a studio; the tests run it. MULTIPLANE is where one answers, KEY an API key of
# an administrator.
set -eu
. "$(dirname "$0")/field.sh"

getHealth() {
  # #region getHealth
  curl "$MULTIPLANE/health"
  # #endregion
}

getReadiness() {
  # #region getReadiness
  curl "$MULTIPLANE/ready"
  # #endregion
}

getOpenApi() {
  # #region getOpenApi
  curl -o openapi.json "$MULTIPLANE/openapi.json"
  # #endregion
}

listAudit() {
  # #region listAudit
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/audit?limit=10"
  # #endregion
}

getMetrics() {
  # #region getMetrics
  curl -H "Authorization: Bearer $KEY" "$MULTIPLANE/metrics"
  # #endregion
}

listAudit | grep -q '"items"'
getMetrics | grep -q '^# TYPE'
getHealth
getReadiness
getOpenApi
test "$(field openapi <openapi.json)" = 3.1.1
