"""Constructors that add a parameter without repeating all the others."""

from inspect import Parameter, signature


def inherit_parameters(cls):
    """Show in the signature of a constructor what its `**params` hand on to its parent.

    scikit-learn reads the parameters of an estimator from there.
    """
    init = vars(cls).get("__init__")
    if init is None:
        return
    own = signature(init).parameters
    handed_on = [name for name, p in own.items() if p.kind is Parameter.VAR_KEYWORD]
    if handed_on:
        parent = signature(super(cls, cls).__init__).parameters
        merged = {**own, **{name: p for name, p in parent.items() if name not in own}}
        del merged[handed_on[0]]
        init.__signature__ = signature(init).replace(parameters=merged.values())
