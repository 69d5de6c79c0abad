"""Who doesn't allow it is learned from no more, from the next answer on."""

import pytest
from infinure.ml_gateway.v1 import learning_pb2
from infinure.ml_gateway.v1 import learning_service_pb2 as pb

from meshkit.errors import MeshError
from meshkit.ids import new_id
from tests.ml_gateway.server import GatewayServer, Integration
from tests.ml_gateway.test_learning import ROME, two_cities, words_of


async def test_a_withdrawn_consent_stops_learning_from_choices_and_verdicts(
    gateway: GatewayServer, integration: Integration
) -> None:
    member = gateway.member(new_id())
    integration.add("Shop", two_cities())
    asked_back = await member.asker.ask(ROME)
    label = asked_back.clarification.options[1].label
    answer_id = str(new_id())
    verdict = pb.RecordFeedbackRequest(answer_id=answer_id, verdict=learning_pb2.VERDICT_UP)

    gateway.consents.given = False
    chosen = await member.asker.choose(asked_back, ROME, label, answer_id=answer_id)
    assert chosen.kinds[-1] == "completed"
    assert await words_of(member) == []
    with pytest.raises(MeshError) as refused:
        await member.call(member.learning.RecordFeedback, verdict)
    assert refused.value.reason == "CONSENT_WITHDRAWN"
    # So the same is asked back again.
    assert (await member.asker.ask(ROME)).kinds == ["clarification", "completed"]

    gateway.consents.given = True
    # Nothing of meanwhile was noted.
    with pytest.raises(MeshError) as refused:
        await member.call(member.learning.RecordFeedback, verdict)
    assert refused.value.reason == "ANSWER_NOT_FOUND"
    await member.asker.choose(await member.asker.ask(ROME), ROME, label)
    assert [word.words for word in await words_of(member)] == ["Rome"]
