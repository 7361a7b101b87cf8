"""Where simulated channels are, and how what starts at one of them reaches the others."""

import numpy as np

GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
RECRUITMENT = 0.5


def place_channels(n_channels):
    """Spread channels evenly over the head seen from above, a disc of radius 1."""
    i = np.arange(n_channels)
    radius, angle = np.sqrt((i + 0.5) / n_channels), i * GOLDEN_ANGLE
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def decay_gains(distance, decay):
    """Amplitude in each channel, 1 at distance 0."""
    return np.exp(-distance / decay)


def recruit(times, distance, speed):
    """Rise from 0 to 1 in each channel when the front arrives, and stay."""
    arrival = distance[:, np.newaxis] / speed
    return np.clip((times - arrival) / RECRUITMENT + 1, 0, 1)
