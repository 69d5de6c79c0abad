"""The composition root: every part of the service is made and joined here."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from infinure.auth.v1 import (
    auth_service_pb2,
    auth_service_pb2_grpc,
    identity_service_pb2,
    identity_service_pb2_grpc,
    user_service_pb2,
    user_service_pb2_grpc,
)
from meshkit.database import Database
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.server import Assembly, Servicer
from services.auth import industry_templates, jwks
from services.auth.adapters.accounts import SqlAccounts
from services.auth.adapters.attempts import SqlAttempts
from services.auth.adapters.revocations import SqlRevocations
from services.auth.adapters.sessions import SqlSessions
from services.auth.adapters.signing_keys import open_keyring
from services.auth.exchanging import Exchanging
from services.auth.housekeeping import Housekeeping
from services.auth.logging_in import LoggingIn
from services.auth.passwords import Passwords
from services.auth.people import People
from services.auth.rpc.auth_service import AuthServicer
from services.auth.rpc.cookies import RefreshCookies
from services.auth.rpc.identity_service import IdentityServicer
from services.auth.rpc.user_service import UserServicer
from services.auth.sessions import LONGEST_IDLE, SessionKeeping
from services.auth.settings import Settings
from services.auth.signing_up import SigningUp
from services.auth.tokens import TokenIssuer
from services.peers.revocations import Ended, PolledRevocations
