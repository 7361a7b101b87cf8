"""Which channels and moments the predictions of a fitted classifier rest on."""

from skeeg.inspection._channel_importance import channel_importance
from skeeg.inspection._masking_test import masking_test
from skeeg.inspection._saliency_map import integrated_gradients, saliency_map
from skeeg.inspection._shap_values import shap_values

__all__ = [
    "channel_importance",
    "integrated_gradients",
    "masking_test",
    "saliency_map",
    "shap_values",
]
