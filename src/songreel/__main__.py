"""``python -m songreel``."""

from songreel.cli import main

if __name__ == "__main__":
    main()
