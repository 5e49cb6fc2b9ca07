"""The HTTP API of certificates."""

from services.certificates.api import holding, lists, papers, verifying, years

ROUTERS = [years.router, holding.router, lists.router, papers.router, verifying.router]
