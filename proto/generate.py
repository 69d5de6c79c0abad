"""Checks the contracts and regenerates everything that is made from them, without a network.

    python proto/generate.py            lint, breaking check, then regenerate gen/ and web/src/gen
    python proto/generate.py --check    the same into a temporary folder; fails if the committed code differs
    python proto/generate.py --accept   also move the baseline of the breaking check to today's contracts

Imports come from installed wheels: google.* from googleapis-common-protos and grpcio-tools; buf.validate from the
descriptor inside protovalidate. buf and protoc-gen-es come from web/node_modules.
"""

from __future__ import annotations

import argparse
import importlib.resources
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from protovalidate._gen.buf.validate import validate_pb

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
BASELINE = PROTO / "baseline.binpb"
NODE_BIN = ROOT / "web" / "node_modules" / ".bin"
GENERATED = ("gen/python", "gen/sdk", "gen/edge.binpb", "web/src/gen")
PATH = os.environ.get("PATH", os.defpath)
# buf.alpha.image.v1.ImageFile.buf_extension {is_import: true}: field 8042, a message whose field 1 is true.
IMAGE_IMPORT = bytes([0xD2, 0xF6, 0x03, 0x02, 0x08, 0x01])


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="fail if the committed generated code differs")
    arguments.add_argument("--accept", action="store_true", help="move the baseline of the breaking check")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        image = build_image(Path(scratch))
        buf("lint", str(image))
        if options.accept or not BASELINE.exists():
            BASELINE.write_bytes(without_source_info(image.read_bytes()))
            print(f"baseline moved: {BASELINE.relative_to(ROOT)}")
        buf("breaking", str(image), "--against", str(BASELINE))
        output = Path(scratch) / "out"
        generate(image, output)
        if options.check:
            return report_differences(output)
        install(output)
    return 0


def build_image(scratch: Path) -> Path:
    """Compiles proto/ into a buf image: a descriptor set with source info, imports marked as such."""
    validate = descriptor_pb2.FileDescriptorSet(
        file=[descriptor_pb2.FileDescriptorProto.FromString(validate_pb.desc().proto.to_binary())]
    )
    imports = scratch / "imports"
    imports.mkdir()
    validate_set = imports / "validate.binpb"
    validate_set.write_bytes(validate.SerializeToString())
    well_known = str(importlib.resources.files("grpc_tools") / "_proto")
    google = next(Path(p) for p in sys.path if (Path(p) / "google" / "api" / "http.proto").exists())
    # protoc takes either descriptor sets or folders for imports, so the folders are compiled into a set first.
    google_set = imports / "google.binpb"
    run_protoc(
        f"-I{well_known}", f"-I{google}", "--include_imports", f"--descriptor_set_out={google_set}",
        "google/api/annotations.proto", "google/api/httpbody.proto", "google/rpc/status.proto",
        "google/rpc/error_details.proto", "google/protobuf/struct.proto", "google/protobuf/field_mask.proto",
        "google/protobuf/timestamp.proto", "google/protobuf/duration.proto",
    )  # fmt: skip
    ours = sorted(str(p.relative_to(PROTO)) for p in PROTO.rglob("*.proto"))
    compiled = scratch / "compiled.binpb"
    run_protoc(
        f"--descriptor_set_in={os.pathsep.join([str(google_set), str(validate_set)])}", f"-I{PROTO}",
        "--include_imports", "--include_source_info", f"--descriptor_set_out={compiled}", *ours,
        "google/rpc/error_details.proto",
    )  # fmt: skip
    image = descriptor_pb2.FileDescriptorSet.FromString(compiled.read_bytes())
    for file in image.file:
        if file.name not in ours:
            file.MergeFromString(IMAGE_IMPORT)
            file.source_code_info.SetInParent()  # betterproto2's compiler takes no file without one
    path = scratch / "image.binpb"
    path.write_bytes(image.SerializeToString())
    return path


def generate(image: Path, output: Path) -> None:
    """Writes gen/ and web/src/gen as they should be into output."""
    python, sdk, typescript = output / "gen/python", output / "gen/sdk/infinure_sdk", output / "web/src/gen"
    for folder in (python, sdk, typescript):
        folder.mkdir(parents=True)
    files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes()).file
    ours = [file.name for file in files if file.name.startswith("infinure/")]
    source = f"--descriptor_set_in={image}"
    run_protoc(
        source, f"--python_out={python}", f"--grpc_python_out={python}", f"--mypy_out=quiet:{python}",
        f"--mypy_grpc_out=quiet,only_async:{python}", *ours,
    )  # fmt: skip
    run_protoc(source, f"--python_out={python}", f"--mypy_out=quiet:{python}", "buf/validate/validate.proto")
    for stub in python.rglob("*_pb2_grpc.py*"):
        if "_service_" not in stub.name:
            stub.unlink()
    run_protoc(source, f"--python_betterproto2_out={sdk}", "--python_betterproto2_opt=client_generation=async", *ours)
    run_protoc(
        source, f"--es_out={typescript}", "--es_opt=target=ts,import_extension=none", *ours,
        "buf/validate/validate.proto", "google/api/annotations.proto", "google/api/http.proto",
        "google/api/httpbody.proto", "google/rpc/status.proto", "google/rpc/error_details.proto",
    )  # fmt: skip
    (output / "gen/edge.binpb").write_bytes(edge_descriptors(image.read_bytes()))


def edge_descriptors(image: bytes) -> bytes:
    """The transcoder's descriptor set: only rpcs marked for the edge, so that it can't route any other."""
    descriptors = descriptor_pb2.FileDescriptorSet.FromString(without_source_info(image))
    pool = descriptor_pool.DescriptorPool()
    for file in descriptors.file:
        pool.Add(file)
    message_factory.GetMessageClassesForFiles([file.name for file in descriptors.file], pool)
    access: Any = pool.FindExtensionByName("infinure.error.v1.access")
    options_class: Any = message_factory.GetMessageClass(pool.FindMessageTypeByName("google.protobuf.MethodOptions"))
    for file in descriptors.file:
        for service in list(file.service):
            routable = [
                method
                for method in service.method
                if options_class.FromString(method.options.SerializeToString()).Extensions[access].edge
            ]
            del service.method[:]
            service.method.extend(routable)
            if not routable:
                file.service.remove(service)
    return descriptors.SerializeToString(deterministic=True)


def without_source_info(image: bytes) -> bytes:
    descriptors = descriptor_pb2.FileDescriptorSet.FromString(image)
    for file in descriptors.file:
        file.ClearField("source_code_info")
    return descriptors.SerializeToString(deterministic=True)


def install(output: Path) -> None:
    for name in GENERATED:
        target = ROOT / name
        if target.is_dir():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(output / name, target)


def report_differences(output: Path) -> int:
    """Prints every file in which the committed code differs from what the contracts give; 1 if there is one."""
    different: list[str] = []
    for name in GENERATED:
        made, kept = file_map(output / name), file_map(ROOT / name)
        paths = sorted(made.keys() | kept.keys())
        different += [f"{name}/{path}" for path in paths if made.get(path) != kept.get(path)]
    for path in different:
        print(f"not current: {path}")
    print("generated code is current" if not different else "run `make proto` and commit what it changes")
    return 1 if different else 0


def file_map(folder: Path) -> dict[str, bytes]:
    if folder.is_file():
        return {"": folder.read_bytes()}
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def run_protoc(*arguments: str) -> None:
    environment = {**os.environ, "PATH": os.pathsep.join([str(NODE_BIN), str(Path(sys.executable).parent), PATH])}
    command = [sys.executable, "-m", "grpc_tools.protoc", *arguments]
    subprocess.run(command, check=True, env=environment)


def buf(*arguments: str) -> None:
    subprocess.run([str(NODE_BIN / "buf"), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        # The tool has printed what is wrong.
        sys.exit(failure.returncode or 1)
