#!/bin/sh
# Fills fuzz/corpus with the inputs of the fixtures. Run it in the root of the repository.
set -eu

corpus=fuzz/corpus

# The tables of the grammars: each line at the margin is an input, `<empty>` the empty one.
table() {
    mkdir -p "$corpus/$1"
    awk -v folder="$corpus/$1" -v kind="$2" -v after="$3" '
        /^$/ || /^  / || /^# / { next }
        { file = folder "/" kind "-" NR; printf "%s%s", ($0 == "<empty>" ? "" : $0), after > file; close(file) }
    ' "fixtures/syntax/$2.txt"
}

values='
12
Kiln &[a]
-3.50
2024-02-29T23:59:59Z'
document='
{"a":{"b":[{"id":1,"b":[1,2,{"c":null}]},{"id":2}]},"data":[{"x":"y"}]}'

table templates templates "$values"
table expressions expressions "$values"
table paths paths "$document"
table paths row_paths "$document"

mkdir -p "$corpus/parse" "$corpus/format" "$corpus/edit" "$corpus/rows"
cp fixtures/syntax/*/*.rsd "$corpus/parse/"
cp fixtures/syntax/*/*.rsd "$corpus/format/"
cp fixtures/syntax/*/*.rsd "$corpus/edit/"
for case in fixtures/rows/*/; do
    name=$(basename "$case")
    for body in "$case"body.*; do
        {
            echo "format ${body##*.}"
            cat "${case}extraction.txt"
            echo
            cat "$body"
        } > "$corpus/rows/$name"
    done
done
