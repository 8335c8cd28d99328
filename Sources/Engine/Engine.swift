// The module Engine.
