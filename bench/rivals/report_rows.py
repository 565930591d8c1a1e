"""A finished report as rows of Vestka's tables under Vestka's seals, and nothing looked up before."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from handlers.effects import SealReport
from handlers.triage.lifecycle import open_case
from storage.sealing import Kind, SealingSet, SigningKey, canonical, epoch_of, seal, seal_record, sign_seal

Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom to seal to, and the server's keys."""

    to: SealingSet
    signing: SigningKey = field(repr=False)
    case_key: bytes = field(repr=False)
    day_key: bytes = field(repr=False)
    today: date

    def write_rows(self, effect: SealReport) -> Rows:
        """The sealed and signed report, its case under the operator's key, its card under the day's."""
        return {
            "objects": self._report(effect),
            "cases": self._case(effect),
            "outbox": self._card(effect.case),
        }

    def _report(self, effect: SealReport) -> Mapping[str, Any]:
        sealed = seal(
            Kind.REPORT,
            canonical.dump(effect.report),
            object_id=secrets.token_bytes(16),
            epoch=epoch_of(self.today),
            to=self.to,
        )
        return {
            "id": sealed.object_id,
            "case_id": effect.case,
            "kind": int(Kind.REPORT),
            "day": self.today,
            "data": sealed.data,
            "signature": sign_seal(self.signing, sealed.data),
            "acknowledged_day": None,
        }

    def _case(self, effect: SealReport) -> Mapping[str, Any]:
        case = open_case(effect.case, effect.code, facts=effect.facts, day=self.today.isoformat())
        return {
            "id": case.id,
            "tag": hmac.digest(self.case_key, case.code.encode(), "sha256")[:16],
            "day": self.today,
            "revision": 1,
            "posted_revision": 0,
            "blob": seal_record(self.case_key, "case", msgspec.json.encode(case), bound_to=case.id),
        }

    def _card(self, case: bytes) -> Mapping[str, Any]:
        key = secrets.token_bytes(16)
        payload = json.dumps({"kind": "card", "case": case.hex()}).encode()
        blob = seal_record(self.day_key, "outbox", payload, bound_to=key)
        return {"id": key, "priority": 30, "state": 0, "day": self.today, "blob": blob, "shard": 0}
