"""A database of an older release: what is missing is made, what is otherwise is told."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from deploy.local import databases
from libs.runtime.migrate import migrate
from libs.runtime.service import Service
from libs.runtime.serving import app_of
from libs.runtime.tables import Table
from tests.component import signing
from tests.component.conftest import Pair
from tests.component.lab import Lab


def with_columns(lab: Lab, **changed: str | None) -> Service:
    """The service as a release declares it in which columns of its first view are otherwise."""
    service = lab.found.service
    first, *rest = service.views
    columns = {**first.columns, **changed}
    table = replace(first, columns={name: kind for name, kind in columns.items() if kind})
    return replace(service, views=(table, *rest))


async def ready(lab: Lab, service: Service) -> bool:
    """Whether this release says that it may be asked."""
    with TemporaryDirectory() as folder:
        keys = {"token_keys": signing.write_keys(Path(folder))}
        settings = lab.settings.model_copy(update=keys)
        app = app_of(replace(lab.found, service=service), settings)
    async with signing.clients(app, lab.clock):
        return bool(await app.state.desk.ready())


async def test_what_is_missing_is_made(pair: Pair) -> None:
    lab = pair.tally
    newer = replace(lab.found.service, views=(*lab.found.service.views, MORE))
    assert not await ready(lab, newer)
    await migrate(lab.settings.database_owner, databases.APP_ROLE, newer)
    assert await ready(lab, newer)
    assert await lab.rows("SELECT * FROM more") == []


async def test_indexes_become_those_that_are_declared(pair: Pair) -> None:
    lab, owner = pair.tally, pair.tally.settings.database_owner
    first, *rest = lab.found.service.views
    with psycopg.connect(owner, autocommit=True) as conn:
        conn.execute("CREATE INDEX by_hand ON views.accounts (total)")

    async def migrated(*indexes: str, log: tuple[str, ...] = ()) -> set[str]:
        views = (replace(first, indexes=indexes), *rest)
        newer = replace(lab.found.service, views=views, log_indexes=log)
        for _ in range(2):
            await migrate(owner, databases.APP_ROLE, newer)
        found = await lab.rows(
            "SELECT regexp_replace(indexdef, '.* USING ', '') FROM pg_indexes "
            "WHERE tablename IN ('accounts', 'events') AND indexname !~ '_pkey|by_hand'"
        )
        assert await lab.one("SELECT to_regclass('views.by_hand') IS NOT NULL")
        return {str(definition) for (definition,) in found}

    events = 'btree (stream, "position")'
    assert await migrated("(total)", "(count)") == {"btree (total)", "btree (count)", events}
    assert await migrated("(count, total)") == {"btree (count, total)", events}
    both = {events, 'btree (subject, "position")'}
    assert await migrated(log=("(subject, position)",)) == both


MORE = Table("more", key=("id",), columns={"id": "int"})


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"colour": "text"}, "views.accounts.colour: missing in the database, text declared"),
        ({"count": None}, "views.accounts.count: int4 NOT NULL in the database, none declared"),
        (
            {"total": "bigint NOT NULL"},
            "views.accounts.total: int4 NOT NULL in the database, int8 NOT NULL declared",
        ),
        (
            {"version": "bigint"},
            "views.accounts.version: int8 NOT NULL in the database, int8 declared",
        ),
    ],
)
async def test_columns_that_have_changed_are_told_with_the_remedy(
    pair: Pair, changed: dict[str, str | None], told: str
) -> None:
    lab = pair.tally
    newer = with_columns(lab, **changed)
    newer = replace(newer, private_tables=(MORE,))
    with pytest.raises(SystemExit) as refused:
        await migrate(lab.settings.database_owner, databases.APP_ROLE, newer)
    first, *differences, remedy = str(refused.value).splitlines()
    assert first == "tally: nothing was changed"
    assert differences == [told]
    assert "ALTER TABLE" in remedy
    assert "rebuild" in remedy
    assert await lab.one("SELECT to_regclass('private.more')") is None
    assert not await ready(lab, newer)
    assert await ready(lab, lab.found.service)


async def test_after_the_remedy_it_fits(pair: Pair) -> None:
    lab = pair.tally
    newer = with_columns(lab, colour="text")
    with psycopg.connect(lab.settings.database_owner, autocommit=True) as conn:
        conn.execute("ALTER TABLE views.accounts ADD COLUMN colour text")
    await migrate(lab.settings.database_owner, databases.APP_ROLE, newer)
    assert await ready(lab, newer)


async def test_the_machinery_of_an_older_release_gets_what_it_lacks(pair: Pair) -> None:
    lab, session = pair.tally, "INSERT INTO ended_sessions VALUES (gen_random_uuid(), now())"
    with psycopg.connect(lab.settings.database_owner, autocommit=True) as conn:
        conn.execute("ALTER TABLE ended_sessions DROP COLUMN arrived")
        conn.execute(session)
        for _ in range(2):
            await migrate(lab.settings.database_owner, databases.APP_ROLE, lab.found.service)
        with psycopg.connect(lab.settings.database, autocommit=True) as app:
            app.execute(session)
    assert await lab.rows("SELECT arrived FROM ended_sessions ORDER BY 1") == [(1,), (2,)]


async def test_tables_that_fitted_are_not_looked_at_for_each_probe(pair: Pair) -> None:
    """Until the database was away: what comes back may be another."""
    lab = pair.tally
    with TemporaryDirectory() as folder:
        keys = {"token_keys": signing.write_keys(Path(folder))}
        app = app_of(lab.found, lab.settings.model_copy(update=keys))
    async with signing.clients(app, lab.clock):
        desk = app.state.desk
        assert await desk.ready()
        with psycopg.connect(lab.settings.database_owner, autocommit=True) as conn:
            conn.execute("ALTER TABLE views.accounts DROP COLUMN count")
            assert await desk.ready()
            conn.execute("ALTER TABLE relay RENAME TO away")
            assert not await desk.ready()
            conn.execute("ALTER TABLE away RENAME TO relay")
        assert not await desk.ready()
