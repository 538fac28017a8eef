"""What programs do beside saving records: by the same code as the pages that do it."""
