#!/usr/bin/env python3
"""Rebuild the pose landmarker bundles from two public packages, byte for byte.

    python models/build.py            fetch, build, verify, write beside this file
    python models/build.py --check    only verify the committed bundles

No MediaPipe wheel since 0.10.30 ships a model and a model hub is not reachable from
everywhere, but the weights are in two packages that anyone can pin:

* npm  ``@mediapipe/pose`` 0.5.1675469404: the three landmark networks
* PyPI ``mediapipe`` 0.10.21:              the person detector

A ``.task`` bundle is an uncompressed zip of both networks, each with TFLite metadata
that says how pixels are normalised.  Needs ``npm`` and the project's virtual
environment (for ``flatbuffers`` and the schema modules inside ``mediapipe``).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CHECKSUMS = HERE / "checksums.json"
NPM_PACKAGE = "@mediapipe/pose@0.5.1675469404"
PYPI_PACKAGE = "mediapipe==0.10.21"
DETECTOR_MEMBER = "mediapipe/modules/pose_detection/pose_detection.tflite"
VARIANTS = ("lite", "full", "heavy")
DETECTOR_NORMALISATION = (127.5, 127.5)
LANDMARKS_NORMALISATION = (0.0, 255.0)
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
# TFLite readers map the networks straight from the archive, so their data must be aligned.
MEMBER_ALIGNMENT = 16


def sha256(data: bytes) -> str:
    """Hex SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def require_checksum(name: str, data: bytes, expected: dict[str, str]) -> None:
    """Stop with a sentence when `data` is not the file that `expected` pins."""
    if sha256(data) != expected[name]:
        sys.exit(f"{name}: checksum {sha256(data)} differs from the pinned {expected[name]}")


def fetch_networks(folder: Path, expected: dict[str, str]) -> dict[str, bytes]:
    """The four ``.tflite`` files by name, downloaded into `folder` and verified."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the landmark networks; it comes with Node.js")
    fetch = [npm, "pack", "--silent", NPM_PACKAGE]
    subprocess.run(fetch, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
         "--python-version", "3.11", "--platform", "manylinux_2_28_x86_64", PYPI_PACKAGE],
        cwd=folder, check=True,
    )  # fmt: skip
    networks = {}
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        for variant in VARIANTS:
            member = package.extractfile(f"package/pose_landmark_{variant}.tflite")
            assert member is not None
            networks[f"pose_landmark_{variant}.tflite"] = member.read()
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        networks["pose_detection.tflite"] = wheel.read(DETECTOR_MEMBER)
    for name, data in networks.items():
        require_checksum(name, data, expected)
    return networks


def normalisation_metadata(input_name: str, mean: float, std: float, outputs: int) -> bytes:
    """TFLite model metadata that carries one input image's NormalizationOptions."""
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as schema

    options = schema.NormalizationOptionsT()
    options.mean, options.std = [mean], [std]
    step = schema.ProcessUnitT()
    step.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    step.options = options
    image = schema.ImagePropertiesT()
    image.colorSpace = schema.ColorSpaceType.RGB
    content = schema.ContentT()
    content.contentPropertiesType = schema.ContentProperties.ImageProperties
    content.contentProperties = image
    tensor = schema.TensorMetadataT()
    tensor.name, tensor.content, tensor.processUnits = input_name, content, [step]
    subgraph = schema.SubGraphMetadataT()
    subgraph.inputTensorMetadata = [tensor]
    subgraph.outputTensorMetadata = [schema.TensorMetadataT() for _ in range(outputs)]
    model = schema.ModelMetadataT()
    model.name, model.subgraphMetadata, model.minParserVersion = "pose", [subgraph], "1.0.0"
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"M001")
    return bytes(builder.Output())


def with_metadata(network: bytes, mean: float, std: float) -> bytes:
    """`network` with normalisation metadata attached (other buffers unchanged)."""
    import flatbuffers
    import numpy as np
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model: Any = schema.ModelT.InitFromPackedBuf(bytearray(network), 0)
    outputs = len(model.subgraphs[0].outputs)
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(normalisation_metadata("image", mean, std, outputs), np.uint8)
    model.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name, entry.buffer = "TFLITE_METADATA", len(model.buffers) - 1
    model.metadata = [m for m in (model.metadata or []) if m.name != b"TFLITE_METADATA"] + [entry]
    builder = flatbuffers.Builder(len(network) + 65536)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def bundle(members: dict[str, bytes]) -> bytes:
    """An uncompressed, aligned zip of `members`, the same bytes at every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, date_time=ZIP_EPOCH)
            header = out.tell() + 30 + len(name)
            # 0xD935 is the extra-field id that Android's zipalign pads with.
            padding = -(header + 4) % MEMBER_ALIGNMENT
            info.extra = b"\x35\xd9" + padding.to_bytes(2, "little") + bytes(padding)
            archive.writestr(info, data)
    return out.getvalue()


def build_bundles(networks: dict[str, bytes]) -> dict[str, bytes]:
    """The three ``.task`` files by name."""
    detector = with_metadata(networks["pose_detection.tflite"], *DETECTOR_NORMALISATION)
    return {
        f"pose_landmarker_{variant}.task": bundle({
            "pose_detector.tflite": detector,
            "pose_landmarks_detector.tflite": with_metadata(
                networks[f"pose_landmark_{variant}.tflite"], *LANDMARKS_NORMALISATION
            ),
        })
        for variant in VARIANTS
    }  # fmt: skip


def check(expected: dict[str, str]) -> None:
    """Verify the committed bundles against `expected`; a sentence and exit 1 if one differs."""
    for variant in VARIANTS:
        path = HERE / f"pose_landmarker_{variant}.task"
        if not path.is_file():
            sys.exit(f"{path.name} is missing; run: python models/build.py")
        require_checksum(path.name, path.read_bytes(), expected)
    print("three bundles, checksums right")


def main() -> None:
    """Build, or only verify, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only verify the committed bundles")
    expected = json.loads(CHECKSUMS.read_text(encoding="utf-8"))
    if parser.parse_args().check:
        check(expected)
        return
    with tempfile.TemporaryDirectory() as folder:
        bundles = build_bundles(fetch_networks(Path(folder), expected))
    for name, data in bundles.items():
        require_checksum(name, data, expected)
        partial = HERE / (name + ".partial")
        partial.write_bytes(data)
        partial.replace(HERE / name)
        print(f"{name}: {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
