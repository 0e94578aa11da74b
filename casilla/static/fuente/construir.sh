#!/bin/sh
# Makes kit.css from casilla.scss, distritos.txt from the table of districts, and the .br and .gz beside every file that browsers
# ask for. Needs node, npm and the network; the results are committed, so that installing the product needs none of them. Run it
# from anywhere after a change here.
set -eu
fuente=$(cd "$(dirname "$0")" && pwd)
taller=$(mktemp -d)
trap 'rm -rf "$taller"' EXIT
cd "$taller"
npm install --no-save --ignore-scripts --silent --prefix "$taller" bootstrap@5.3.9 sass@1.108.2
npx --prefix "$taller" sass --quiet --no-source-map --no-charset --style=compressed --load-path=node_modules "$fuente/casilla.scss" kit.css
cp kit.css "$fuente/../kit.css"
grep -v '^#' "$fuente/../../services/ubigeos.txt" > "$fuente/../distritos.txt"
node -e '
  const fs = require("fs"), zlib = require("zlib");
  for (const nombre of process.argv.slice(1)) {
    const bytes = fs.readFileSync(nombre);
    fs.writeFileSync(nombre + ".br", zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    fs.writeFileSync(nombre + ".gz", zlib.gzipSync(bytes, { level: 9 }));
  }
' "$fuente/../kit.css" "$fuente/../app.css" "$fuente/../app.js" "$fuente/../borrador.js" "$fuente/../distritos.js" "$fuente/../distritos.txt"
