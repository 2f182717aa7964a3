# field NAME: what a JSON document has under that name; a.b[0] goes further in.
field() {
  node -p "JSON.parse(require('node:fs').readFileSync(0, 'utf8')).$1"
}
