"""The browsers of readers, Chromium, Firefox and WebKitGTK, and what they are told to do."""
