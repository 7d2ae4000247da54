"""The web chat, the only place where Gradio appears.

Importing it sets what Gradio reads from the environment: no usage reports to its makers, and no summing up of its own
timings, which after every event would load pandas and go through the last ten thousand.
"""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(10**12))
