"""Codes, modulations and scores that know the class."""

import pytest
import torch
from scipy.stats import kstest
from torch.testing import assert_close

from skeeg.nn import LatentCode, Modulation, ProjectionHead


@torch.no_grad()
def set_bias(layer, *values):
    """Let a layer return the same values, whatever goes in."""
    layer.weight.zero_()
    layer.bias.copy_(torch.cat(values))


def test_codes_are_normal_noise_and_then_the_class(torch_rng):
    block = LatentCode(n_classes=2, latent_dim=3)
    code = block(torch.arange(2000) % 2, torch_rng).detach()
    assert code.shape == (2000, block.size)
    assert kstest(code[:, :3].flatten(), "norm").pvalue > 0.01
    label = code[:, 3:]
    assert (label[::2] == label[0]).all()
    assert (label[1::2] == label[1]).all()
    assert not label[0].equal(label[1])


def test_modulation_scales_and_shifts_each_channel(torch_rng):
    modulate = Modulation(code_size=5, n_channels=2)
    scale, shift = torch.tensor([0.5, -1.0]), torch.tensor([3.0, 0.0])
    set_bias(modulate.affine, scale, shift, torch.zeros(2))
    x = torch.randn(4, 2, 9)
    expected = torch.stack([1.5 * x[:, 0] + 3, 0 * x[:, 1]], 1)
    assert_close(modulate(x, torch.randn(4, 5), torch_rng), expected)


def test_modulation_adds_the_same_noise_to_all_channels_at_a_level_of_each(torch_rng):
    modulate = Modulation(code_size=5, n_channels=3)
    set_bias(modulate.affine, torch.zeros(6), torch.tensor([1.0, -2.0, 0.0]))
    added = modulate(torch.zeros(40, 3, 50), torch.randn(40, 5), torch_rng).detach()
    assert kstest(added[:, 0].flatten(), "norm").pvalue > 0.01
    assert_close(added[:, 1], -2 * added[:, 0])
    assert not added[:, 2].any()


def test_without_a_code_of_the_class_scores_do_not_depend_on_it():
    head = ProjectionHead(n_features=6, n_classes=3)
    features = torch.randn(5, 6)
    fits, misfits = torch.tensor([0, 1, 2, 0, 1]), torch.tensor([1, 2, 0, 2, 0])
    assert not head(features, fits).allclose(head(features, misfits))
    torch.nn.init.zeros_(head.label.weight)
    assert_close(head(features, fits), head(features, misfits))


@pytest.mark.parametrize("factor", [-1.0, 3.0])
def test_the_part_of_the_class_is_linear_in_its_code(factor):
    head = ProjectionHead(n_features=6, n_classes=3)
    features, labels = torch.randn(5, 6), torch.tensor([0, 1, 2, 0, 1])
    with torch.no_grad():
        score = head(features, labels)
        head.label.weight.mul_(factor)
        scaled = head(features, labels)
        head.label.weight.zero_()
        alone = head(features, labels)
    assert_close(scaled - alone, factor * (score - alone), rtol=1e-4, atol=1e-5)
