"""Losses without a penalty, and what holds for all: closed forms, slopes and their effect."""

import pytest
import torch
from numpy.testing import assert_allclose
from sklearn.base import BaseEstimator, clone
from sklearn.metrics import hinge_loss
from torch.nn.functional import mse_loss

from skeeg.nn import (
    BaseLoss,
    HingeLoss,
    LeastSquaresLoss,
    LogisticLoss,
    RelativisticLoss,
    WassersteinLoss,
)

LOSSES = [
    LogisticLoss(),
    LeastSquaresLoss(),
    HingeLoss(),
    WassersteinLoss(),
    RelativisticLoss(),
]
EACH = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: type(loss).__name__)


def as_scores(x):
    """Let the only value of each signal be its score."""
    return x.flatten()


def smooth_critic(weights):
    """Score signals of six values, with curvature in signals and weights."""
    return lambda x: torch.tanh(x.flatten(1) @ weights[:, :-1]) @ weights[-1, :-1]


@pytest.fixture
def scores(torch_rng):
    """Scores of 50 real and 50 synthetic signals, far to both sides of every margin."""
    return 3 * torch.randn(2, 50, 1, 1, generator=torch_rng, dtype=torch.float64)


@pytest.fixture
def batches(torch_rng):
    return torch.randn(2, 5, 2, 3, generator=torch_rng, dtype=torch.float64)


@pytest.fixture
def weights(torch_rng):
    shape = 6, 7
    return torch.randn(shape, generator=torch_rng, dtype=torch.float64, requires_grad=True)


def test_least_squares_is_half_the_mean_squared_error(scores):
    real, fake = scores
    ones, zeros = torch.ones_like(real), torch.zeros_like(fake)
    expected = (mse_loss(real, ones) + mse_loss(fake, zeros)) / 2
    loss = LeastSquaresLoss()
    assert_allclose(loss.discriminator_loss(as_scores, real, fake), expected)
    assert_allclose(loss.generator_loss(as_scores, real, fake), mse_loss(fake, ones) / 2)


def test_hinge_is_that_of_support_vector_machines(scores):
    real, fake = scores
    sides = [1] * len(real) + [-1] * len(fake)
    # scikit-learn takes the mean over all rows, the paper the sum of two means
    expected = 2 * hinge_loss(sides, scores.flatten())
    assert_allclose(HingeLoss().discriminator_loss(as_scores, real, fake), expected)


@EACH
def test_slopes_for_the_discriminator_agree_with_finite_differences(loss, batches, weights):
    def objective(weights):
        return loss.discriminator_loss(smooth_critic(weights), *batches)

    assert torch.autograd.gradcheck(objective, weights)


@EACH
def test_slopes_for_the_generator_agree_with_finite_differences(loss, batches, weights):
    real, fake = batches
    critic = smooth_critic(weights.detach())
    fake.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: loss.generator_loss(critic, real, x), fake)


@EACH
def test_the_discriminator_learns_to_score_real_above_synthetic(loss, batches, weights):
    real, fake = batches
    weights = (0.1 * weights).detach().requires_grad_()
    optimiser = torch.optim.Adam([weights], 0.02)
    for _ in range(60):
        optimiser.zero_grad()
        loss.discriminator_loss(smooth_critic(weights), real, fake).backward()
        optimiser.step()
    critic = smooth_critic(weights.detach())
    assert critic(real).mean() > critic(fake).mean() + 0.3


@EACH
def test_the_generator_learns_to_raise_every_score(loss, batches, weights):
    real, fake = batches
    critic = smooth_critic(weights.detach())
    # least squares pulls the scores to 1, up or down
    ceiling = 1 if isinstance(loss, LeastSquaresLoss) else critic(fake).max() + 1
    before = critic(fake).clamp(max=ceiling)
    better = fake.requires_grad_()
    for _ in range(100):
        (slope,) = torch.autograd.grad(loss.generator_loss(critic, real, better), better)
        better = (better - 0.1 * slope).detach().requires_grad_()
    assert (critic(better) > before - 1e-6).all()
    assert critic(better).mean() > before.mean() + 0.05


@EACH
def test_a_grid_can_tune_a_loss_inside_an_estimator(loss):
    class Owner(BaseEstimator):
        def __init__(self, loss):
            self.loss = loss

    owner = Owner(loss)
    for name, value in loss.get_params().items():
        copy = clone(owner).set_params(**{f"loss__{name}": value + 1})
        assert copy.get_params()[f"loss__{name}"] == value + 1
        assert owner.get_params()[f"loss__{name}"] == value
    assert type(clone(owner).loss) is type(loss)


@EACH
def test_illegal_parameters_are_named(loss):
    for name in loss.get_params():
        with pytest.raises(ValueError, match=f"'{name}' parameter of {type(loss).__name__}"):
            clone(loss).set_params(**{name: -1})._validate_params()


@pytest.mark.parametrize("loss", [LeastSquaresLoss(), HingeLoss()], ids=repr)
def test_losses_without_a_penalty_stay_the_same(loss):
    assert loss.at(0.5) is loss


def test_a_loss_needs_both_methods():
    class Half(BaseLoss):
        def generator_loss(self, critic, real, fake):
            return -critic(fake).mean()

    with pytest.raises(TypeError, match="discriminator_loss"):
        Half()
