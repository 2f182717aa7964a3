#!/bin/sh
# What the reference shows of models; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

listModels() {
  # #region listModels
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/models?pipeline=t2v&available=true"
  # #endregion
}

getModel() {
  # #region getModel
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/models/wan-mini"
  # #endregion
}

downloadModel() {
  # #region downloadModel
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/models/rife/download"
  # #endregion
}

unloadModel() {
  # #region unloadModel
  curl -X POST -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/models/wan-mini/unload"
  # #endregion
}

deleteWeights() {
  # #region deleteWeights
  curl -X DELETE -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/models/rife/weights"
  # #endregion
}

test "$(listModels | field 'items[0].id')" = wan-mini
test "$(getModel | field generation.frames.step)" = 4
test "$(downloadModel | field code)" = not_implemented
test "$(unloadModel | field code)" = not_implemented
test "$(deleteWeights | field code)" = not_implemented
