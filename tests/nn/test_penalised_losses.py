"""Gradient penalties against the slopes of critics that are known in closed form."""

import pytest
import torch
from numpy.testing import assert_allclose
from torch.nn.functional import binary_cross_entropy_with_logits

from skeeg.nn import LogisticLoss, RelativisticLoss, WassersteinLoss

SHAPES = pytest.mark.parametrize("shape", [(8,), (2, 4), (2, 2, 2)], ids=str)


def bowl(x):
    """Score by half the squared length, so that the slope is the signal itself."""
    return x.flatten(1).square().sum(1) / 2


@pytest.fixture
def make_batches(torch_rng):
    def make(shape, n_samples=6):
        return torch.randn(2, n_samples, *shape, generator=torch_rng, dtype=torch.float64)

    return make


@SHAPES
@pytest.mark.parametrize("penalty", [0.0, 3.0])
def test_logistic_is_binary_cross_entropy_and_punishes_slopes_at_real_signals(
    make_batches, shape, penalty
):
    real, fake = make_batches(shape)
    ones, zeros = torch.ones(6).double(), torch.zeros(6).double()
    on_real = binary_cross_entropy_with_logits(bowl(real), ones)
    on_fake = binary_cross_entropy_with_logits(bowl(fake), zeros)
    loss = LogisticLoss(penalty=penalty)
    value = loss.discriminator_loss(bowl, real, fake).item()
    assert_allclose(value, on_real + on_fake + penalty * bowl(real).mean())
    expected = binary_cross_entropy_with_logits(bowl(fake), ones)
    assert_allclose(loss.generator_loss(bowl, real, fake), expected)


def test_logistic_stays_finite_at_extreme_scores():
    real, fake = torch.full((2, 4, 1, 1), 1e4)
    loss = LogisticLoss(penalty=0)
    assert loss.discriminator_loss(torch.flatten, -real, fake).item() == 2e4
    assert loss.generator_loss(torch.flatten, real, -fake).item() == 1e4


def test_logistic_without_a_penalty_takes_no_slopes(make_batches):
    real, fake = make_batches((2, 4))

    def without_slopes(x):
        return bowl(x.detach())

    assert LogisticLoss(penalty=0).discriminator_loss(without_slopes, real, fake).isfinite()
    with pytest.raises(RuntimeError, match="does not require grad"):
        LogisticLoss().discriminator_loss(without_slopes, real, fake)


@SHAPES
@pytest.mark.parametrize("penalty", [0.0, 10.0])
def test_wasserstein_punishes_a_linear_critic_by_its_slope(make_batches, shape, penalty):
    real, fake = make_batches(shape)
    slope = torch.arange(8.0, dtype=torch.float64)
    difference = ((fake - real).flatten(1) @ slope).mean()
    expected = difference + penalty * (140**0.5 - 1) ** 2
    loss = WassersteinLoss(penalty=penalty)
    value = loss.discriminator_loss(lambda x: x.flatten(1) @ slope, real, fake)
    assert_allclose(value, expected)


def test_wasserstein_looks_at_points_between_real_and_synthetic():
    real, fake = torch.full((100, 1, 1), 3.0), torch.full((100, 1, 1), 2.0)
    # the slope at x is x: the mean of (x - 1)^2 for x between 2 and 3 is 7 / 3
    value = WassersteinLoss(penalty=6).discriminator_loss(bowl, real, fake)
    assert_allclose(value.item(), (2**2 - 3**2) / 2 + 6 * 7 / 3, rtol=1e-5)


def test_wasserstein_pulls_up_a_flat_critic(make_batches):
    real, fake = make_batches((2, 4))
    slope = torch.zeros(8, dtype=torch.float64, requires_grad=True)
    value = WassersteinLoss().discriminator_loss(lambda x: x.flatten(1) @ slope, real, fake)
    value.backward()
    assert_allclose(value.item(), 10)
    assert_allclose(slope.grad, (fake - real).flatten(1).mean(0))


@SHAPES
def test_relativistic_punishes_slopes_at_real_and_at_synthetic_signals(make_batches, shape):
    real, fake = make_batches(shape)
    wins = binary_cross_entropy_with_logits(bowl(real) - bowl(fake), torch.ones(6).double())
    steepness = 2 * bowl(real).mean() + 2 * bowl(fake).mean()
    value = RelativisticLoss(penalty=3).discriminator_loss(bowl, real, fake)
    assert_allclose(value.item(), wins + 3 / 2 * steepness)


def test_relativistic_generator_wants_to_win_the_same_comparison(make_batches):
    real, fake = make_batches((2, 4))
    expected = binary_cross_entropy_with_logits(bowl(fake) - bowl(real), torch.ones(6).double())
    assert_allclose(RelativisticLoss().generator_loss(bowl, real, fake), expected)


def test_relativistic_compares_row_by_row(make_batches):
    real, fake = make_batches((2, 4))
    loss = RelativisticLoss(penalty=0)
    paired = loss.discriminator_loss(bowl, real, fake)
    assert_allclose(loss.discriminator_loss(bowl, real.flip(0), fake.flip(0)).item(), paired.item())
    assert abs(loss.discriminator_loss(bowl, real.flip(0), fake) - paired) > 1e-3


@pytest.mark.parametrize("kind", [LogisticLoss, RelativisticLoss])
def test_the_penalty_falls_geometrically(kind):
    loss = kind(penalty=2.0, final_penalty=0.25)
    penalties = [loss.at(progress).penalty for progress in (0, 0.25, 0.5, 0.75, 1)]
    assert_allclose(penalties, [2, 2**0.5, 1, 0.5**0.5, 0.5])
    assert loss.penalty == 2.0


def test_penalties_leave_the_generator_alone(make_batches):
    batches = make_batches((2, 4)).requires_grad_()
    RelativisticLoss().discriminator_loss(bowl, *batches).backward()
    assert batches.grad is None


@pytest.mark.parametrize("loss", [LogisticLoss, RelativisticLoss])
def test_a_subclass_stays_one_while_its_penalty_falls(loss):
    class Mine(loss):
        """A loss of one's own."""

    mine = Mine(penalty=2.0)
    assert isinstance(mine.at(0.5), Mine)
    assert mine.at(1.0).penalty == pytest.approx(0.2)
    assert mine.penalty == 2.0
