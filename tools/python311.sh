#!/bin/sh
# Print the command of a Python 3.11 that really runs; a shim of the right name may stand for a version
# that is not active, so each candidate is asked. Exit code 1 if there is none.
for candidate in python3.11 python3 python /usr/bin/python3.11; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    echo "$candidate"
    exit 0
  fi
done
echo "需要 Python 3.11：请安装 python3.11 后重试。Python 3.11 is needed: install python3.11 and try again." >&2
exit 1
