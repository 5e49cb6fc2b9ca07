"""The HTTP API of certificates."""

from fastapi import APIRouter

ROUTERS: list[APIRouter] = []
