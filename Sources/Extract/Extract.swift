// The module Extract.
