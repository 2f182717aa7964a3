#!/bin/sh
# What the reference shows of uploads; the tests run it. MULTIPLANE is where a studio answers, KEY an API key of it.
set -eu
. "$(dirname "$0")/field.sh"

createUpload() {
  # #region createUpload
  curl -H "X-API-Key: $KEY" -F image=@photo.jpg \
    "$MULTIPLANE/api/v1/uploads"
  # #endregion
}

getUpload() {
  # #region getUpload
  curl -H "X-API-Key: $KEY" \
    "$MULTIPLANE/api/v1/uploads/$UPLOAD"
  # #endregion
}

getUploadContent() {
  # #region getUploadContent
  curl -H "X-API-Key: $KEY" -o kept.jpg \
    "$MULTIPLANE/api/v1/uploads/$UPLOAD/content"
  # #endregion
}

generateFromUpload() {
  # #region generateFromUpload
  curl -H "X-API-Key: $KEY" \
    -d pipeline=upscale -d "image_upload_id=$UPLOAD" \
    "$MULTIPLANE/api/v1/generate"
  # #endregion
}

UPLOAD=$(createUpload | field id)
test "$(getUpload | field id)" = "$UPLOAD"
getUploadContent
cmp kept.jpg photo.jpg
test "$(generateFromUpload | field 'inputs[0].upload_id')" = "$UPLOAD"
