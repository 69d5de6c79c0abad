"""ReceiptService."""

from dataclasses import dataclass
from typing import Any

import grpc
from infinure.ml_gateway.v1 import receipt_service_pb2 as pb
from infinure.ml_gateway.v1 import receipt_service_pb2_grpc

from services.ml_gateway.replaying import Replaying


@dataclass(frozen=True)
class ReceiptServicer(receipt_service_pb2_grpc.ReceiptServiceServicer):
    """Replays for whoever holds a receipt, with their own rights."""

    replaying: Replaying

    async def ReplayReceipt(
        self, request: pb.ReplayReceiptRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.ReplayReceiptResponse:
        replayed = await self.replaying.replay(request.receipt)
        plan = replayed.plan
        return pb.ReplayReceiptResponse(
            sql=plan.sql if plan else "",
            identical=replayed.identical,
            difference=replayed.difference,
            text=replayed.text,
            plan_fingerprint=plan.fingerprint if plan else "",
        )
