"""The torch side: losses, layers and the one training loop; tensors in, tensors out."""
