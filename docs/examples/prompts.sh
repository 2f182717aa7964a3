#!/bin/sh
# What the reference shows of prompts; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

enhancePrompt() {
  # #region enhancePrompt
  curl -H "X-API-Key: $KEY" \
    --json '{
      "pipeline": "ti2v",
      "prompt": "an old lighthouse on a cliff",
      "seed": 7
    }' \
    "$MULTIPLANE/api/v1/prompts/enhance"
  # #endregion
}

enhancePrompt | field prompt | grep -q '^an old lighthouse on a cliff'
