"""The playbook as files to take away. Returns text and writes nothing."""
