"""The playbook as HTML and Markdown for pages."""
