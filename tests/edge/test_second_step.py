"""A login in two steps over JSON, with the names that the specification gives it."""

import time

import httpx

from meshkit.ids import new_id
from meshkit.secrets import Secret
from services.auth.totp import STEP_SECONDS, Codes
from tests.edge.people import PASSWORD
from tests.edge.running import Edge


def code_of(secret: str) -> str:
    return Codes().of_step(Secret(secret), int(time.time()) // STEP_SECONDS)


def test_a_second_factor_over_json_and_a_browser_that_is_remembered(edge: Edge) -> None:
    email = f"{new_id()}@example.test"
    founder = {"organizationName": "Two Steps", "firstName": "Ada", "lastName": "Byron", "email": email}
    with httpx.Client(base_url=edge.url) as client:
        opened = client.post("/v1/auth/signup", json={**founder, "password": PASSWORD}).json()
        client.headers["authorization"] = f"Bearer {opened['accessToken']}"
        begun = client.post("/v1/me/mfa/totp:begin", json={"proof": {"password": PASSWORD}}).json()
        secret = begun["enrolment"]["secret"]
        done = client.post("/v1/me/mfa/totp:confirm", json={"code": code_of(secret)})
        assert len(done.json()["recoveryCodes"]) == 10
        del client.headers["authorization"]

        login = client.post("/v1/auth/login", json={"email": email, "password": PASSWORD}).json()
        assert login["requiresMFA"] is True
        assert login["supportedMethods"] == ["MFA_METHOD_TOTP", "MFA_METHOD_RECOVERY_CODE"]
        assert login["accessToken"] == ""
        answer = {
            "mfaToken": login["mfaToken"],
            "method": "MFA_METHOD_RECOVERY_CODE",
            "code": done.json()["recoveryCodes"][0],
            "rememberDevice": True,
            "refreshTokenDelivery": "REFRESH_TOKEN_DELIVERY_COOKIE",
        }
        refused = client.post("/v1/auth/mfa/verify", json={**answer, "code": "wrong"})
        assert (refused.status_code, refused.json()["details"][0]["reason"]) == (401, "MFA_CODE_INVALID")
        verified = client.post("/v1/auth/mfa/verify", json=answer)
        assert verified.json()["accessToken"]
        assert set(client.cookies) == {"infinure_refresh", "infinure_device"}
        again = client.post("/v1/auth/login", json={"email": email, "password": PASSWORD}).json()
        assert again["requiresMFA"] is False
        assert again["accessToken"]
