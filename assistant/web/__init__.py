"""The web chat, the only place where Gradio appears.

Importing it turns Gradio's usage reports off, which Gradio reads when it is itself imported.
"""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
