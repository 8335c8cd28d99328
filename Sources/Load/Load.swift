// The module Load.
