"""The playbook as HTML and Markdown."""
