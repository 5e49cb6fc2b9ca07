"""Topics in any order: however events interleave on their way, the same certificates fall."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from libs.events.certificates import CertificateIssued, CertificateRevoked
from libs.events.event import Event
from libs.events.hours import HoursRecognised
from libs.events.identity import PersonErased, PersonRegistered, PersonTransferred
from libs.events.policy import PackPublished
from libs.policy import packs
from services.certificates import ledgers
from services.certificates.state import Place
from tests.component.certificates import words
from tests.faults import checker
from tests.policy.golden import law_of
from tests.unit.certificates.counter import LI, REASSESS, UNIT, Counter, generate, known, ledger

Topic = str
PEOPLE_S_TOPICS = ("hours", "identity", "policy")
RULES = ("training", "class", "course.required", "course.elective", "self_study.own")
MORE = [words.recognised(LI, hours, rule) for rule in RULES for hours in ("4", "20")]


@dataclass
class World:
    """A service that hears events one by one, and a learner who asks in between."""

    counter: Counter = field(default_factory=lambda: Counter(replace(known(ledger()), laws={})))
    said: list[Event] = field(default_factory=list)
    own: list[Any] = field(default_factory=list)

    def hears(self, event: Event) -> None:
        """One foreign event, as the reactions take it."""
        self.said.append(event)
        facts = self.counter.facts
        if isinstance(event, PackPublished):
            pack = packs.from_json(event.content)
            law = law_of(pack)
            laws = {(pack.jurisdiction, pack.year): law}
            versions = {**facts.versions, (pack.id, pack.version): law}
            facts = replace(facts, laws=laws, versions=versions)
        elif isinstance(event, PersonErased):
            facts = replace(facts, places={})
        elif isinstance(event, PersonRegistered | PersonTransferred):
            place = Place(event.placement.unit_id, "某单位", event.placement.jurisdiction)
            facts = replace(facts, places={LI: place})
        else:
            body = event.model_dump_json()
            of = ledgers.fold(facts.ledgers[LI], event.wire_name(), event.version, body)
            facts = replace(facts, ledgers={LI: of})
        self._then(replace(self.counter, facts=facts).ask(REASSESS))

    def asks(self, kind: str, name: str) -> None:
        """The learner asks for a certificate; a refusal is an answer."""
        self._then(self.counter.ask(generate(kind, name)))

    def _then(self, counter: Counter) -> None:
        self.counter = counter
        self.own += counter.said

    @property
    def revoked(self) -> set[UUID]:
        """The certificates that have fallen."""
        return {e.certificate_id for e in self.own if isinstance(e, CertificateRevoked)}


def beginning() -> tuple[World, Sequence[HoursRecognised]]:
    """A learner with 90 hours and both certificates."""
    world, entries = World(), words.enough(LI)
    for event in (words.published(), words.registered(LI), *entries):
        world.hears(event)
    world.asks("annual", "annual")
    world.asks("public", "public")
    assert len([e for e in world.own if isinstance(e, CertificateIssued)]) == 2
    return world, entries


def said_as_json(events: Sequence[Any]) -> list[tuple[str, dict[str, Any]]]:
    """As a log holds it."""
    return [(e.wire_name(), json.loads(e.model_dump_json())) for e in events]


def judged(world: World) -> checker.Verdict:
    """By the checker, which shares no code with the decider."""
    return checker.check(said_as_json(world.own), said_as_json(world.said))


STRICTER = words.GX.model_copy(update={"version": 2, "title": "另一版"})
OTHERS: dict[Topic, list[Event]] = {
    "identity": [words.transferred(LI), words.erased(LI)],
    "policy": [words.published(STRICTER)],
}


@st.composite
def what_follows(draw: st.DrawFn) -> list[tuple[Topic, Event]]:
    """What happens later: new entries, deletions of old and new ones, a transfer, another law."""
    _, entries = BEGINNING
    new = draw(st.lists(st.sampled_from(MORE), unique=True, max_size=4))
    hours: list[Event] = list(new)
    for entry in draw(st.lists(st.sampled_from([*entries, *new]), unique=True, max_size=3)):
        at = 1 + hours.index(entry) if entry in hours else 0
        hours.insert(draw(st.integers(at, len(hours))), words.revoked(entry))
    others = [(topic, event) for topic, events in OTHERS.items() for event in events]
    kept = draw(st.lists(st.sampled_from(others), unique_by=lambda o: id(o[1]), max_size=3))
    return [*(("hours", event) for event in hours), *kept]


BEGINNING = beginning()


def interleaved(events: Sequence[tuple[Topic, Event]], order: Sequence[int]) -> list[Event]:
    """The topics' events in another order between topics, the same within each."""
    queues = {topic: [e for t, e in events if t == topic] for topic in PEOPLE_S_TOPICS}
    found: list[Event] = []
    for pick in order:
        waiting = [topic for topic in PEOPLE_S_TOPICS if queues[topic]]
        if waiting:
            found.append(queues[waiting[pick % len(waiting)]].pop(0))
    return [*found, *(event for queue in queues.values() for event in queue)]


def copy_of(world: World) -> World:
    """The same beginning for another order."""
    return World(world.counter, list(world.said), list(world.own))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_topics_in_any_order_revoke_the_same(data: st.DataObject) -> None:
    world, _ = BEGINNING
    events = data.draw(what_follows())
    results = []
    for order in ([0] * len(events), data.draw(st.lists(st.integers(0, 2), max_size=12))):
        one = copy_of(world)
        for event in interleaved(events, order):
            one.hears(event)
        assert judged(one).wrong == ()
        results.append(one.revoked)
    assert results[0] == results[1]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_even_a_deletion_before_its_entry_revokes_the_same(data: st.DataObject) -> None:
    world, _ = BEGINNING
    events = [event for _, event in data.draw(what_follows())]
    results = []
    for order in (events, data.draw(st.permutations(events))):
        one = copy_of(world)
        for event in order:
            one.hears(event)
        assert judged(one).wrong == ()
        results.append(one.revoked)
    assert results[0] == results[1]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whenever_a_learner_asks_what_is_valid_stands(data: st.DataObject) -> None:
    _, entries = BEGINNING
    events = [*data.draw(what_follows()), *(("hours", e) for e in entries)]
    events += [("policy", words.published()), ("identity", words.registered(LI))]
    one = World()
    for n, (_, event) in enumerate(data.draw(st.permutations(events))):
        one.hears(event)
        if data.draw(st.booleans()):
            one.asks(data.draw(st.sampled_from(["annual", "public"])), f"ask {n}")
    one.asks("annual", "last annual")
    one.asks("public", "last public")
    assert judged(one).wrong == ()


def test_the_checker_notices_each_wrong() -> None:
    world, entries = BEGINNING
    left = copy_of(world)
    left.said.append(words.revoked(entries[0]))  # heard of by nobody
    assert len(judged(left).wrong) == 4  # two certificates, each for two reasons
    twice = copy_of(world)
    twice.own.append(next(e for e in world.own if isinstance(e, CertificateIssued)))
    twice.own[-1] = twice.own[-1].model_copy(update={"certificate_id": UNIT})
    assert [w.partition(":")[0] for w in judged(twice).wrong] == ["number twice", "valid twice"]


def test_nothing_but_a_departure_revokes() -> None:
    world, _ = BEGINNING
    one = copy_of(world)
    for events in OTHERS.values():
        for event in events:
            one.hears(event)
    assert not one.revoked
    assert one.counter.valid == ["annual", "public"]
