// The module Transform.
