"""What a host should do with each answer, whatever the host: its headers, above all the content security policy."""
