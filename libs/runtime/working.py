"""What runs beside something else, and ends with it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager


@asynccontextmanager
async def working(*coroutines: Awaitable[None]) -> AsyncIterator[None]:
    """These at work until left, and ended then. What broke one of them breaks the leaving."""
    tasks = {asyncio.ensure_future(coroutine) for coroutine in coroutines}
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled():
            task.result()
