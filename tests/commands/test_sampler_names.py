"""Names of samplers are those of their classes; parameters are checked before any work."""

import imblearn.over_sampling
import pytest
from imblearn.over_sampling import SMOTE

import skeeg.over_sampling
from skeeg._commands._error import CommandError
from skeeg._commands._sampler_names import parse_samplers, sampler_classes
from skeeg.over_sampling import AutoregressiveSampler, Multiply, R3GANSampler, WGANGPSampler


def test_every_sampler_that_needs_no_argument_has_a_name():
    names = sampler_classes()
    for name in skeeg.over_sampling.__all__:
        is_sampler = name.endswith("Sampler") and not name.startswith("Base")
        assert (name.removesuffix("Sampler").lower() in names) == is_sampler
    assert {"smote", "adasyn", "borderlinesmote", "randomover"} <= set(names)
    assert "smotenc" not in names
    assert names["smote"] is imblearn.over_sampling.SMOTE
    assert all(hasattr(cls(), "fit_resample") for cls in names.values())


@pytest.mark.parametrize("name", ["r3gan", "R3GAN", "R3GANSampler", "r3-gan", "r3_gan_sampler"])
def test_spelling_does_not_matter(name):
    (label, sampler), *others = parse_samplers(name).items()
    assert (label, type(sampler), others) == ("R3GAN", R3GANSampler, [])


def test_parameters_follow_a_colon_and_commas_may_separate_both():
    samplers = parse_samplers(
        "r3gan:max_iter=20,loss__penalty=2.5,conditional=False, smote:k_neighbors=3,wgangp"
    )
    assert list(samplers) == [
        "R3GAN:max_iter=20,loss__penalty=2.5,conditional=False",
        "SMOTE:k_neighbors=3",
        "WGANGP",
    ]
    gan, smote, wgangp = samplers.values()
    assert (gan.max_iter, gan.loss.penalty, gan.conditional) == (20, 2.5, False)
    assert (type(smote), smote.k_neighbors) == (SMOTE, 3)
    assert wgangp.get_params() == WGANGPSampler().get_params()


def test_common_parameters_go_to_those_that_have_them_and_names_go_first():
    common = {"max_iter": 7, "n_channels": 2, "sampling_strategy": Multiply(2), "verbose": None}
    gan, classical, smote = parse_samplers("gan:max_iter=9,autoregressive,smote", **common).values()
    assert (gan.max_iter, gan.n_channels, gan.verbose) == (9, 2, False)
    assert type(classical) is AutoregressiveSampler
    assert classical.n_channels == 2
    assert smote.sampling_strategy == Multiply(2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wavegna", "no sampler 'wavegna'; did you mean wavegan. there are adasyn, .*wgangp"),
        ("?", "no sampler '.'; there are"),
        ("", "cannot make a sampler of ''; .*r3gan:max_iter=200"),
        ("gan,", "cannot make a sampler of ''"),
        ("width=3", "cannot make a sampler of 'width=3'"),
        ("gan:width", "cannot make a sampler of 'gan:width'"),
        ("gan:widht=3", "sampler GAN: Invalid parameter 'widht'.*'width'"),
        ("gan:width=many", "'width' parameter of GANSampler must be an int.*Got 'many'"),
        ("gan:width=0", r"an int in the range \[1, inf\)"),
        ("gan:loss=hinge", "'loss' parameter"),
        ("smote:k_neighbors__x=1", "the sampler SMOTE: "),
        ("gan,GAN", "GAN is named twice"),
        ("baseGAN", "no sampler 'baseGAN'"),
    ],
)
def test_faults_are_named_with_the_way_out(text, message):
    with pytest.raises(CommandError, match=message):
        parse_samplers(text)


def test_the_same_sampler_can_be_there_with_other_parameters():
    assert len(parse_samplers("gan,gan:width=8,gan:width=16")) == 3
