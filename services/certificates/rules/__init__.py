"""Why a certificate is not given, and what makes one fall."""
