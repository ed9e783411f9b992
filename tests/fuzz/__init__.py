"""Made-up inputs that drytables must answer: those that are thrown at it now, and those that it once fell over."""
