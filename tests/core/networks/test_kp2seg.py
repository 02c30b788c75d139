import torch

from core.networks.figure_drawing import FIGURE_CHANNELS, body_sizes, draw_figure
from core.networks.kp2seg import AREA_SIZE, Kp2Seg

POINTS = torch.rand(3, 16, 2, generator=torch.Generator().manual_seed(0)) * 1.4 - 0.7


def test_a_stroke_is_highest_along_its_bone_and_a_dot_at_its_keypoint():
    points = torch.zeros(1, 16, 2)
    points[0, 0], points[0, 1] = torch.tensor([-0.5, 0.25]), torch.tensor([0.5, 0.25])
    drawn = draw_figure(points, torch.ones(1, 16), 64)
    assert drawn.shape == (1, FIGURE_CHANNELS, 64, 64)
    ankle, shin = drawn[0, 0], drawn[0, 16]
    row, column = divmod(int(ankle.argmax()), 64)
    assert abs((row + 0.5) / 32 - 1 - 0.25) <= 1 / 32
    assert abs((column + 0.5) / 32 - 1 + 0.5) <= 1 / 32
    assert (shin[39:41, 17:47] > 0.95).all()
    assert shin[40, 60] < shin[40, 50] < shin[40, 46]


def test_what_is_unknown_is_not_drawn():
    known = torch.ones(3, 16)
    known[:, 1] = 0
    drawn = draw_figure(POINTS, known, 32)
    assert drawn[:, [1, 16, 17]].abs().max() == 0  # knee, shin, thigh
    assert drawn[:, 0].amax() > 0.5


def test_the_drawing_grows_with_the_body():
    known = torch.ones(3, 16)
    assert torch.allclose(2 * body_sizes(0.5 * POINTS, known), body_sizes(POINTS, known), rtol=0.02)
    assert draw_figure(POINTS, known, 32).mean() > draw_figure(0.5 * POINTS, known, 32).mean()


def test_every_keypoint_gets_a_gradient_from_the_area():
    torch.manual_seed(0)
    points = POINTS.clone().requires_grad_()
    area = Kp2Seg()(points)
    assert area.shape == (3, 1, AREA_SIZE, AREA_SIZE)
    area.square().mean().backward()
    assert points.grad is not None
    assert (points.grad.abs().sum(-1)[:, [0, 1, 2, 3, 4, 5, 6, *range(8, 16)]] > 0).all()


def test_unknown_and_unfinished_keypoints_leave_area_and_gradient_finite():
    torch.manual_seed(0)
    network = Kp2Seg()
    points = POINTS.clone()
    points[0, 9] = torch.nan
    points[1] = torch.nan
    points[2] = 0.3  # all in one place
    points.requires_grad_()
    area = network(points)
    area.square().mean().backward()
    assert area.isfinite().all()
    assert points.grad is not None
    assert points.grad[2].isfinite().all()
    known = torch.ones(3, 16)
    known[0, 9] = 0
    with torch.inference_mode():
        assert torch.equal(network(POINTS, known)[0], area[0])


def test_it_does_the_same_in_training_and_alone_as_in_a_batch():
    torch.manual_seed(0)
    network = Kp2Seg()
    with torch.inference_mode():
        together = network.train()(POINTS)
        alone = network.eval()(POINTS[1:2])
    assert torch.allclose(together[1:2], alone, atol=1e-5)


def test_it_is_small_enough_to_be_shipped():
    assert sum(parameter.numel() for parameter in Kp2Seg().parameters()) * 2 < 4e6
