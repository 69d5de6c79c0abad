"""Imported, it starts a thread: no process that did may be a zygote."""

import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()
