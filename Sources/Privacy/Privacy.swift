// The module Privacy.
