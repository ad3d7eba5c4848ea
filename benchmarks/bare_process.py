"""The yardstick of benchmarks.cold: a process that does nothing but one bare call of MediaPipe.

    python benchmarks/bare_process.py MODEL PHOTO

As one would write it: import, load, read the photo, detect with the mask, print.
"""

import sys

import mediapipe
from mediapipe.tasks.python import BaseOptions, vision

options = vision.PoseLandmarkerOptions(
    base_options=BaseOptions(model_asset_path=sys.argv[1]), output_segmentation_masks=True
)
with vision.PoseLandmarker.create_from_options(options) as landmarker:
    found = landmarker.detect(mediapipe.Image.create_from_file(sys.argv[2]))
    print(len(found.pose_landmarks), found.segmentation_masks[0].numpy_view().mean())
