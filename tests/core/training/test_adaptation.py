from dataclasses import replace

import pytest
import torch

from core.networks.style_network import StyleDecoder, StyleEncoder, StyleNetwork
from core.training.adaptation import Adaptation, Judges
from core.training.batch import BatchSource
from core.training.loop.order import Order
from tests.core.training import toy

WEIGHTED = {"source": 1, "consistency": 1, "prior": 0.1, "visibility": 0.1, "target": 1}


def length_of_bones(bones: torch.Tensor) -> torch.Tensor:
    """A prior that wants all bones to point right."""
    return ((1 - bones[..., 0]) ** 2).mean(dim=1)


def area_around(points: torch.Tensor) -> torch.Tensor:
    """A silhouette that is a soft disc about each keypoint."""
    steps = torch.linspace(-1, 1, 32)
    x = (steps - points[..., :1]) ** 2
    y = (steps - points[..., 1:]) ** 2
    near = torch.exp(-(y.unsqueeze(-1) + x.unsqueeze(-2)) / 0.02)
    return (8 * near.amax(dim=1, keepdim=True) - 4).clamp(-6, 6)


JUDGES = Judges(length_of_bones, area_around)


def batches():
    cpu = torch.device("cpu")
    source, target = toy.canvases(8, seed=3), toy.unlabelled(toy.canvases(6, seed=4))
    return (
        BatchSource(source, Order(1, 8), cpu).batch(0, 4),
        BatchSource(target, Order(2, 6), cpu).batch(0, 4),
    )


def adaptation(**changes):
    student, teacher = toy.network(1), toy.network(2)
    teacher.module.requires_grad_(False)
    settings = toy.recipe(weights=WEIGHTED, **changes)
    return Adaptation(student, teacher, settings, JUDGES), student


@pytest.mark.parametrize(
    ("mode", "terms"),
    [
        ("all", {"source", "consistency", "prior", "visibility", "target"}),
        ("visibility", {"source", "consistency", "visibility", "target"}),
        ("prior", {"source", "consistency", "prior", "target"}),
        ("baseline", {"source", "consistency", "target"}),
        ("source", {"source"}),
        ("oracle", {"target"}),
    ],
)
def test_a_mode_computes_its_terms_and_no_others(mode, terms):
    step, _ = adaptation(mode=mode)
    assert set(step.losses(*batches()).named()) == terms


@pytest.mark.parametrize("term", ["source", "consistency", "prior", "visibility"])
def test_every_term_moves_the_student(term):
    weights = dict.fromkeys(WEIGHTED, 0) | {term: 1}
    student, teacher = toy.network(1), toy.network(2)
    settings = toy.recipe(weights=weights, pseudo_labels={"rejected": 0.0}, judged="all")
    step = Adaptation(student, teacher, settings, JUDGES)
    step.total(step.losses(*batches())).backward()
    gradients = [p.grad for p in student.module.parameters()]
    assert all(g is not None and torch.isfinite(g).all() for g in gradients)
    assert any(g.abs().max() > 0 for g in gradients)
    assert all(p.grad is None for p in teacher.module.parameters())


@pytest.mark.parametrize("term", ["prior", "visibility"])
@pytest.mark.parametrize(("least", "is_moved"), [(0.0, False), (1.0, True)])
def test_prior_and_visibility_move_only_what_nothing_else_teaches(term, least, is_moved):
    """Where the teacher is sure of every keypoint, or of none."""
    weights = dict.fromkeys(WEIGHTED, 0) | {term: 1}
    rule = {"rejected": 0.0, "least": least}
    student, teacher = toy.network(1), toy.network(2)
    step = Adaptation(student, teacher, toy.recipe(weights=weights, pseudo_labels=rule), JUDGES)
    loss = step.total(step.losses(*batches()))
    assert loss > 0
    if loss.requires_grad:
        loss.backward()
    gradients = [p.grad for p in student.module.parameters() if p.grad is not None]
    assert any(g.abs().max() > 0 for g in gradients) is is_moved


def test_a_persons_points_are_not_moved_by_prior_and_visibility():
    weights = dict.fromkeys(WEIGHTED, 0) | {"prior": 1, "target": 1e-9}
    rule = {"rejected": 0.0, "least": 1.0}
    student, teacher = toy.network(1), toy.network(2)
    step = Adaptation(student, teacher, toy.recipe(weights=weights, pseudo_labels=rule), JUDGES)
    labelled, _ = batches()
    step.total(step.losses(None, labelled)).backward()
    of_prior = [p.grad.abs().max() for p in student.module.parameters() if p.grad is not None]
    assert max(of_prior, default=0) < 1e-6


def test_a_labelled_keypoint_is_hidden_where_the_recipe_says_so():
    """Every view loses one, so the same student errs more or less, by the same labels."""
    rule = {"probability": 1.0, "threshold": 0.5, "half_side": 8}
    plain, covered = (
        adaptation(mode="source", source_occlusion=one)[0].losses(*batches()).source
        for one in (None, rule)
    )
    assert plain is not None
    assert covered is not None
    assert not torch.equal(plain, covered)
    never = adaptation(mode="source", source_occlusion={**rule, "probability": 0.0})[0]
    assert torch.equal(plain, never.losses(*batches()).named()["source"])


def test_a_step_does_not_depend_on_what_was_drawn_before():
    first, second = adaptation()[0], adaptation()[0]
    torch.manual_seed(99)
    torch.rand(5)
    one, other = first.losses(*batches()).named(), second.losses(*batches()).named()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_corrected_frames_are_supervised_and_others_are_not():
    step, _ = adaptation(mode="oracle")
    source, target = batches()
    assert step.losses(None, target).named()["target"] == 0
    assert step.losses(None, source).named()["target"] > 0


def style_network():
    """Narrow and random: what comes out is another picture, and that is all it need be."""
    torch.manual_seed(5)
    widths = (4, 6, 8, 10)
    return StyleNetwork(StyleEncoder(widths), StyleDecoder(widths))


def styled_losses(weights=WEIGHTED, **style):
    rule = {"kind": "none", "encoder": "a", "decoder": "b", "strength": (1, 1), **style}
    settings = toy.recipe(weights=weights, style=rule)
    judges = replace(JUDGES, style=style_network())
    step = Adaptation(toy.network(1), toy.network(2), settings, judges)
    return step.losses(*batches()).named()


@pytest.mark.parametrize("kind", ["colour", "fourier", "adain"])
def test_a_style_changes_the_sides_that_it_is_asked_for_and_no_other(kind):
    plain = styled_losses()
    for source, teacher, moved in ((1, 0, {"source"}), (0, 1, {"consistency"}), (0, 0, set())):
        found = styled_losses(kind=kind, source=source, teacher=teacher)
        differing = {name for name in plain if not torch.equal(found[name], plain[name])}
        assert moved <= differing
        assert ("source" in differing) == bool(source)
        assert all(value.isfinite() for value in found.values())
        if not source and not teacher:
            assert not differing


@pytest.mark.parametrize("kind", ["colour", "fourier", "adain"])
def test_a_styled_step_is_drawn_from_its_samples_seeds(kind):
    one = styled_losses(kind=kind, strength=(0, 1))
    torch.manual_seed(99)
    other = styled_losses(kind=kind, strength=(0, 1))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_the_students_own_pictures_keep_their_style():
    """Of the target, the teacher alone sees another style."""
    seen = {"teacher": [], "student": []}
    student, teacher = toy.network(1), toy.network(2)
    for name, network in (("student", student), ("teacher", teacher)):
        network.module.register_forward_pre_hook(
            lambda _, images, to=seen[name]: to.append(images[0])
        )
    for kind in ("none", "colour"):
        settings = toy.recipe(
            occlusion={"probability": 0}, style={"kind": kind, "source": 1, "teacher": 1}
        )
        Adaptation(student, teacher, settings, Judges()).losses(*batches())
    plain_source, plain_target, styled_source, styled_target = seen["student"]
    assert torch.equal(plain_target, styled_target)
    assert not torch.equal(plain_source, styled_source)
    assert not torch.equal(*seen["teacher"])


def test_adain_without_its_network_is_refused():
    rule = {"kind": "adain", "encoder": "a", "decoder": "b"}
    with pytest.raises(ValueError, match="without the network"):
        Adaptation(toy.network(1), toy.network(2), toy.recipe(style=rule), Judges())


def test_several_views_of_the_teacher_are_steadier_labels_than_one():
    """Whatever a random network says of a view, means over many views differ less."""

    def spread(views: int) -> float:
        labels = []
        for seed in (1, 2, 3):
            step, _ = adaptation(teacher_views=views, teacher_view=toy.VIEW)
            target = batches()[1]
            changed = replace(target, seeds=target.seeds + seed)
            labels.append(step._pseudo_labels(changed).confidence)
        return float(torch.stack(labels).std(0).mean())

    assert spread(8) < 0.7 * spread(1)


def test_what_a_person_labelled_is_not_learnt_from_the_teacher():
    step, _student = adaptation(pseudo_labels={"rejected": 0.0})
    labelled, free = batches()
    assert step.losses(labelled, free).named()["consistency"] > 0
    assert step.losses(labelled, labelled).named()["consistency"] == 0
