"""`python -m yifa.site COMMAND`."""

import sys

from yifa.site.manage import main

main(sys.argv[1:])
