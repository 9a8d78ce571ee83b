"""The playbook as files to download. Returns text; writes nothing."""
