"""The HTML door: pages rendered on the server, refreshed by htmx, whole without script."""
