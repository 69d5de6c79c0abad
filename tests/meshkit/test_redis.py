"""Keys on a real server, as the service's own user."""

import pytest
from redis.exceptions import NoPermissionError

from cli.stores.valkey import ValkeyServer
from meshkit.ids import new_id
from meshkit.redis import Lost, Names, open_redis
from meshkit.secrets import Secret
from meshkit.settings import RedisSettings

ORGANIZATION = new_id()
NAMES = Names("chat")


async def test_own_keys_work_and_a_neighbours_do_not(valkey: ValkeyServer) -> None:
    key = NAMES.key(ORGANIZATION, "typing", new_id())
    assert key.startswith(f"chat:{ORGANIZATION}:typing:")
    async with open_redis(RedisSettings(Secret(valkey.url("chat")))) as client:
        await client.set(key, "yes", ex=60)
        assert await client.get(key) == "yes"
        async with client.pubsub() as listening:
            await listening.subscribe(NAMES.channel(ORGANIZATION, "events"))
        with pytest.raises(NoPermissionError):
            await client.get(Names("auth").key(ORGANIZATION, "typing"))


@pytest.mark.parametrize("parts", [(), ("",), ("a:b",)])
def test_part_that_could_pose_as_another_key_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="colons"):
        NAMES.key(ORGANIZATION, *parts)


async def test_server_that_is_away_is_known_soon() -> None:
    async with open_redis(RedisSettings(Secret("redis://chat:canary@127.0.0.1:1/0"))) as client:
        with pytest.raises(Lost) as raised:
            await client.get(NAMES.key(ORGANIZATION, "x"))
    assert "canary" not in str(raised.value)
