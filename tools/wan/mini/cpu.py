"""What makes training on a processor bearable."""

import torch
from torch import Tensor, nn

FORMATS = {4: torch.channels_last, 5: torch.channels_last_3d}


def channels_last(model: nn.Module) -> nn.Module:
    """Convolution weights laid out with channels last, as the bfloat16 kernels want them."""
    for parameter in model.parameters():
        if parameter.dim() in FORMATS:
            parameter.data = parameter.data.contiguous(memory_format=FORMATS[parameter.dim()])
    return model


def attend(q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
    """Attention of q [B, L, dim] over k, v [B, S, dim] by plain products, several times faster here than the fused kernel."""
    q, k, v = (x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (q, k, v))
    scores = (q * q.shape[-1] ** -0.5) @ k.mT
    return (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).flatten(2)


def plain_attention(model: nn.Module) -> nn.Module:
    for module in model.modules():
        if hasattr(module, "attend"):
            module.attend = attend
    return model
