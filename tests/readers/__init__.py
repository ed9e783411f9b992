"""The browsers of readers, Chromium and Firefox, and what they are told to do."""
