"""strip_comments.py IN OUT: copies a JavaScript file without its lines of comment, which a visit need not fetch."""
import sys

lines = open(sys.argv[1], encoding="utf-8").read().splitlines(keepends=True)
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.writelines(line for line in lines if not line.lstrip().startswith("//") and line.strip())
