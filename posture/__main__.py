"""``python -m posture`` is the command ``posture``."""

from posture.cli import main

if __name__ == "__main__":
    main()
