"""Take from the Anny body model what our bodies need, as plain arrays.

Building Anny's own data takes a minute and most of a gigabyte of disk, which is given back.
"""

import tempfile
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.bone_map import part_of

if TYPE_CHECKING:
    import anny
    import torch

Arrays = dict[str, NDArray[Any]]

FEATURES = ("gender", "age", "muscle", "weight", "height", "proportions")
EXPRESSIONS = ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight")
CAVITIES = ("mouth_cavity", "eye_cavity.L", "eye_cavity.R")
REGIONS = ("body", "head", "eye_front.L", "eye_front.R", *CAVITIES)
_UNSEEN = ("eye_back.L", "eye_back.R", "tongue")
_COCO = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder",
    "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip",
    "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip


def export_arrays() -> Arrays:
    """Everything a body is made of, float32 where it is large.

    template (V, 3) and shapes (S, V, 3) give the rest skin; bone_template (B, 3) and bone_shapes
    (S, B, 3) the bones' heads; expressions (3, V, 3); weights (V, B); faces (F, 3); parts (F,);
    region (F,) index into REGIONS or -1; coco (17, V); and how the six phenotype values become
    the S coefficients (`phenotype_mask`, `phenotype_projection`, `anchors_*`).
    """
    import warp as wp

    wp.config.log_level = wp.LOG_ERROR  # or it greets on stdout, which belongs to results
    import anny
    from anny.paths import get_anny_cache_path, set_anny_cache_path

    usual = get_anny_cache_path()
    with tempfile.TemporaryDirectory(prefix="shift-body-") as folder:
        set_anny_cache_path(folder)
        try:
            return _arrays(anny.Anny(facial_actions="all"))
        finally:
            set_anny_cache_path(usual)


def _arrays(model: "anny.Anny") -> Arrays:
    keep = ~_mask(model, _UNSEEN)
    faces = _numpy(model.faces)[keep]
    seen, faces = np.unique(faces, return_inverse=True)
    faces = faces.reshape(-1, 3).astype(np.int32)
    weights = _dense_weights(model)[seen]
    return {
        "faces": faces,
        "parts": _parts(faces, weights, tuple(model.bone_labels)),
        "region": _regions(model)[keep],
        "weights": weights,
        "bones": np.array(model.bone_labels),
        "parents": np.array(model.bone_parents, np.int32),
        "coco": _regressor(model)[:, seen],
        **_shapes(model, seen),
        **_phenotypes(model),
    }


def _shapes(model: "anny.Anny", seen: NDArray[np.int64]) -> Arrays:
    shapes, bone_shapes = _numpy(model.blendshapes), _numpy(model.bone_heads_blendshapes)
    phenotypes = len(shapes) - len(model.facial_action_labels)
    faces = [phenotypes + model.facial_action_labels.index(name) for name in EXPRESSIONS]
    return {
        "template": _numpy(model.template_vertices)[seen].astype(np.float32),
        "shapes": shapes[:phenotypes, seen].astype(np.float32),
        "expressions": shapes[faces][:, seen].astype(np.float32),
        "bone_template": _numpy(model.template_bone_heads),
        "bone_shapes": bone_shapes[:phenotypes],
    }


def _phenotypes(model: "anny.Anny") -> Arrays:
    from anny.models.model_data import PHENOTYPE_VARIATIONS

    projection = model.phenotype_blendshape_projection
    assert projection is not None  # Anny's default keeps the compact basis
    return {
        "phenotype_mask": _numpy(model.stacked_phenotype_blend_shapes_mask),
        "phenotype_projection": _numpy(projection),
        "phenotype_names": np.array(list(PHENOTYPE_VARIATIONS)),
        **{
            f"anchors_{name}": _numpy(model.anchors[name])
            for name in PHENOTYPE_VARIATIONS
            if name != "race"
        },
    }


def _dense_weights(model: "anny.Anny") -> NDArray[np.float32]:
    index, weight = _numpy(model.vertex_bone_indices), _numpy(model.vertex_bone_weights)
    dense = np.zeros((len(index), len(model.bone_labels)), np.float32)
    np.add.at(dense, (np.arange(len(index))[:, None], index), weight.astype(np.float32))
    return dense


def _parts(
    faces: NDArray[np.int32], weights: NDArray[np.float32], bones: tuple[str, ...]
) -> NDArray[np.uint8]:
    bone_parts = np.array([part_of(bone) for bone in bones])
    votes = np.zeros((len(faces), bone_parts.max() + 1), np.float32)
    of_face = weights[faces].sum(axis=1)
    for bone, part in enumerate(bone_parts):
        votes[:, part] += of_face[:, bone]
    return votes.argmax(axis=1).astype(np.uint8)


def _regions(model: "anny.Anny") -> NDArray[np.int8]:
    region = np.full(len(model.faces), -1, np.int8)
    for number, name in enumerate(REGIONS):
        region[_mask(model, (name,))] = number
    return region


def _mask(model: "anny.Anny", names: tuple[str, ...]) -> NDArray[np.bool_]:
    from anny.face_segmentation import get_face_segmentation_mask

    return _numpy(get_face_segmentation_mask(model, list(names)))


def _regressor(model: "anny.Anny") -> NDArray[np.float32]:
    from anny import KeypointsRegressor

    regressor = KeypointsRegressor.coco(model, labels=list(_COCO))
    return _numpy(regressor.regression_weights).astype(np.float32)


def _numpy(tensor: "torch.Tensor") -> NDArray[Any]:
    return tensor.detach().cpu().numpy()
