#!/bin/sh
# Builds the native keeper: one static program, for the processor of this machine.
set -e
cd "$(dirname "$0")"
if [ "$(uname -s)" != Linux ]; then
  echo 'The native keeper is for Linux containers: it is built on Linux.'
  exit 0
fi
mkdir -p dist
program="dist/keeper-linux-$(node -p process.arch)"
# Beside it and then in its place: it may be running.
"${CC:-gcc}" -D_GNU_SOURCE -std=gnu11 -O2 -Wall -Wextra -Werror -static src/*.c -o "$program.new"
strip "$program.new"
mv "$program.new" "$program"
